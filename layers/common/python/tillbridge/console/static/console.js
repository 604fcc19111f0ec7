// What every page improves: times in the reader's zone, pictures that fail, the line while a page loads, keys.
const ADDRESS = location.pathname.match(/^\/stores\/[^/]+/)?.[0];

export const span = (s) =>
  s < 60 ? `${Math.max(0, Math.floor(s))} s` : s < 3600 ? `${Math.floor(s / 60)} min` : `${Math.floor(s / 3600)} h`;

export function tellTimes(root = document) {
  const now = new Date();
  for (const each of root.querySelectorAll('time[data-at]')) {
    const at = new Date(each.dateTime);
    const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 864e5);
    const day = days === 0 ? '' : days === 1 ? 'yesterday ' : `${at.toLocaleDateString([], { day: 'numeric', month: 'short' })} `;
    each.textContent = day + time;
    each.title = at.toLocaleString();
  }
  for (const each of root.querySelectorAll('time[data-ago]')) {
    const at = new Date(each.dateTime);
    each.title = at.toLocaleString();
    if (root === document) continue;
    each.textContent = `${span((now - at) / 1000)} ago`;
  }
}

// One polite region, at most every five seconds: of each subject the last words.
const news = new Map();
let said = 0, waiting;
export function tell(subject, words) {
  news.set(subject, words);
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    said = Date.now();
    document.getElementById('live').textContent = [...news.values()].join('. ');
    news.clear();
  }, Math.max(300, 5000 - (Date.now() - said)));
}

// Calls `ask` after 1 s for 10 s, 2 s to a minute, 5 s to ten, then 15 s; not in a hidden tab. Ends when it returns false.
export function poll(ask) {
  const began = Date.now();
  const pause = () => {
    const s = (Date.now() - began) / 1000;
    return s < 10 ? 1000 : s < 60 ? 2000 : s < 600 ? 5000 : 15000;
  };
  const turn = async () => {
    let on = true;
    try {
      if (!document.hidden) on = await ask();
    } catch (trouble) {
      if (!(trouble instanceof TypeError)) throw trouble; // the network is away: the next turn asks again
    }
    if (on) setTimeout(turn, pause());
  };
  setTimeout(turn, pause());
}

// Asks for JSON; undefined when it has not changed, null when this page may not ask any more.
const tags = new Map();
export async function fetchNew(address) {
  const kind = new URL(address, location).pathname;
  const answer = await fetch(address, { headers: tags.has(kind) ? { 'If-None-Match': tags.get(kind) } : {}, redirect: 'error' });
  if (answer.status === 304) return undefined;
  if (answer.status >= 500 || answer.status === 429) return undefined;
  if (!answer.ok) return null;
  tags.set(kind, answer.headers.get('ETag') ?? '');
  return answer.json();
}

export function setStatus(place, { word, icon, look, beside = '' }) {
  place.className = `st ${look}`;
  place.querySelector('.word').textContent = word;
  const use = place.querySelector('use');
  const drawn = use.getAttribute('href');
  const wanted = `${drawn.split('#')[0]}#${icon}`;
  if (drawn !== wanted) use.setAttribute('href', wanted); // setting the same again lets it blink
  const other = place.querySelector('bdi');
  if (other) other.textContent = beside;
}

// A button or a link (where it has an address) with its icon, made of texts only.
export function makeButton({ words, icon, value, href = '', bare = false }) {
  const made = document.createElement(href ? 'a' : 'button');
  made.className = `b small${bare ? ' bare' : ''}`;
  if (href) made.href = href;
  else Object.assign(made, { name: 'one', value });
  const SVG = 'http://www.w3.org/2000/svg';
  const drawn = document.createElementNS(SVG, 'svg');
  drawn.setAttribute('class', 'i');
  drawn.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  const sprite = document.querySelector('use').getAttribute('href').split('#')[0];
  use.setAttribute('href', `${sprite}#${icon}`);
  drawn.append(use);
  made.append(drawn, words);
  return made;
}

// Where a list was left for a plan or a choice: its Cancel comes back to that list, its ticks and its row.
const LEFT = 'tillbridge-left';
export function leaveList(row, ids) {
  const at = location.pathname + location.search;
  try { sessionStorage.setItem(LEFT, JSON.stringify({ at, row, ids })); } catch { /* then Cancel leads to the list's beginning */ }
}
export function leftList() {
  try { return JSON.parse(sessionStorage.getItem(LEFT)); } catch { return null; }
}
const back = document.querySelector('[data-back]');
if (back) {
  const left = leftList();
  if (left?.at.split('?')[0] === back.pathname) back.href = `${left.at}#back`;
}

tellTimes();
addEventListener('error', (event) => { if (event.target instanceof HTMLImageElement) event.target.hidden = true; }, true);
for (const image of document.images) if (image.complete && !image.naturalWidth) image.hidden = true;

// A second press of a form's button, before the page goes, asks for nothing twice.
let sent = new Map();
addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented) return;
  if (Date.now() - (sent.get(form) ?? 0) < 3000) event.preventDefault();
  else sent.set(form, Date.now());
});
addEventListener('pageshow', () => { sent = new Map(); });

let slow;
const loads = () => { slow = setTimeout(() => document.querySelector('.list')?.setAttribute('aria-busy', 'true'), 400); };
addEventListener('beforeunload', loads);
addEventListener('pageshow', () => { clearTimeout(slow); document.querySelector('.list')?.removeAttribute('aria-busy'); });
addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});

// Keys: off by a switch, never in fields, never with Ctrl, Alt or the command key.
const OFF = 'tillbridge-keys-off';
const off = () => { try { return localStorage.getItem(OFF) === '1'; } catch { return false; } };
const rows = () => [...document.querySelectorAll('.list tbody tr')];
const box = (row) => row?.querySelector('input[type=checkbox], input[type=radio]');
const place = (row) => box(row) ?? row?.querySelector('.title a');
const here = () => document.activeElement?.closest?.('tbody tr');
let goes = false;
function move(step) {
  const all = rows();
  const next = all[all.indexOf(here()) + step] ?? (here() ? undefined : all[0]);
  place(next)?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
const go = (path) => { if (path) location.assign(path); };
const PLACES = { o: '/stores', p: ADDRESS && `${ADDRESS}/pos`, w: ADDRESS && `${ADDRESS}/web`, j: ADDRESS && `${ADDRESS}/jobs` };
const KEYS = {
  '/': () => document.querySelector('input[type=search]')?.focus(),
  j: () => move(1),
  k: () => move(-1),
  r: () => here()?.querySelector('.note .b')?.click(),
  x: () => box(here())?.click(),
  X: () => box(here())?.dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true, cancelable: true })),
  p: () => document.querySelector('[data-key=p]')?.click(),
  i: () => document.querySelector('[data-key=i]')?.click(),
  g: () => { goes = true; setTimeout(() => { goes = false; }, 1500); },
  '?': () => go('/keys'),
};
addEventListener('keydown', (event) => {
  const inRow = event.target.matches?.('tbody input[type=checkbox]');
  if (event.key === 'Escape') for (const menu of document.querySelectorAll('details.menu[open]')) menu.open = false;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === 'Enter' && inRow) {
    event.preventDefault(); // a tick would send the whole form
    if (!off()) here().querySelector('.title a, .note .b')?.click();
    return;
  }
  if (off() || (event.target.matches?.('input, select, textarea') && !inRow)) return;
  const act = goes ? () => go(PLACES[event.key]) : KEYS[event.key];
  if (goes) goes = false;
  if (act) { event.preventDefault(); act(); }
});

const toggle = document.querySelector('[data-keys-switch]');
if (toggle) {
  const button = toggle.querySelector('button');
  const show = () => { button.textContent = off() ? 'Keys are off' : 'Keys are on'; button.setAttribute('aria-pressed', String(!off())); };
  button.addEventListener('click', () => { localStorage.setItem(OFF, off() ? '0' : '1'); show(); });
  toggle.hidden = false;
  show();
}
