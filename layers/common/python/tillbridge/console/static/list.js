// The list: how many are ticked, ranges, and rows that wait, which are asked for until they do not.
import { fetchNew, leaveList, leftList, makeButton, poll, setStatus, tell } from './console.js';

const form = document.getElementById('picked');
const boxes = form ? [...form.querySelectorAll('tbody input[type=checkbox]')] : [];
const whole = form?.querySelector('[data-all-ticks]');

function count(aloud = true) {
  const ticked = boxes.filter((each) => each.checked).length;
  for (const each of form.querySelectorAll('[data-n]')) each.textContent = ticked;
  const all = form.querySelector('[data-all]');
  const out = boxes.length - ticked;
  if (all) all.textContent = out ? `All that fit but ${out}` : 'All that fit';
  if (whole) {
    const every = whole.querySelector('input');
    every.checked = ticked === boxes.length;
    every.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  if (aloud) tell('count', all ? `${all.textContent} are selected` : `${ticked} selected`);
}

if (boxes.length) {
  let last = null;
  if (whole) {
    whole.hidden = false;
    whole.addEventListener('change', (event) => {
      for (const each of boxes) each.checked = event.target.checked;
      count();
    });
  }
  form.querySelector('tbody').addEventListener('click', (event) => {
    const box = event.target;
    if (!boxes.includes(box)) return;
    if (event.shiftKey && last !== null) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    }
    last = box;
    count();
  });
  form.addEventListener('reset', () => setTimeout(count));
  addEventListener('pageshow', () => count(false));
}

if (form) {
  const ticked = () => boxes.filter((each) => each.checked).map((each) => each.value);
  const leave = (from) => leaveList(from?.closest('tr')?.dataset.id ?? ticked()[0], ticked());
  form.addEventListener('submit', (event) => leave(event.submitter));
  form.addEventListener('click', (event) => { if (event.target.closest('.note a')) leave(event.target); });
}
if (location.hash === '#back') {
  const left = leftList();
  history.replaceState(null, '', location.pathname + location.search);
  if (left?.at === location.pathname + location.search) {
    for (const each of boxes) each.checked = left.ids.includes(each.value);
    if (boxes.length) count(false);
    boxes.find((each) => each.value === left.row)?.focus();
  }
}

// What stands below a row. Its buttons come with the trouble, and go with it.
const noted = new WeakMap();
function setNote(row, { notes, remedies }) {
  const told = JSON.stringify([notes, remedies]);
  if (noted.get(row) === told) return;
  noted.set(row, told);
  row.querySelector('.note')?.remove();
  if (!notes.length && !remedies.length) return;
  const cell = document.createElement('td');
  cell.className = 'note';
  cell.setAttribute('role', 'cell');
  const words = document.createElement('div');
  for (const each of notes) words.appendChild(document.createElement('p')).textContent = each;
  const acts = document.createElement('div');
  acts.className = 'row-acts';
  acts.append(...remedies.map((each, at) => makeButton({ ...each, bare: at > 0 })));
  cell.append(words, acts);
  row.append(cell);
}

const waits = () => [...document.querySelectorAll('tr[data-waits]')];
if (form && waits().length) {
  poll(async () => {
    const address = new URL(form.dataset.rows, location);
    for (const row of waits().slice(0, 50)) address.searchParams.append('id', row.dataset.id);
    const answer = await fetchNew(address.href);
    if (answer === null) return false;
    for (const now of answer?.rows ?? []) {
      const row = waits().find((each) => each.dataset.id === now.id);
      if (!row) continue;
      setStatus(row.querySelector('.st'), now);
      row.querySelector('.time').textContent = now.time;
      setNote(row, now);
      if (now.waits) continue;
      row.removeAttribute('data-waits');
      tell(now.id, [`${row.querySelector('.title').textContent}: ${now.word}`, ...now.notes].join('. '));
    }
    return waits().length > 0;
  });
}
