// The list: how many are ticked, ranges, and rows that wait, which are asked for until they do not.
import { fetchNew, poll, setStatus, tell } from './console.js';

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
      if (now.waits) continue;
      row.removeAttribute('data-waits');
      tell(now.id, `${row.querySelector('.title').textContent}: ${now.word}`);
    }
    return waits().length > 0;
  });
}
