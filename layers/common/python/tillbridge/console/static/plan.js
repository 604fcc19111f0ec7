// The plan: the buttons say how many go as boxes are ticked. The server counts for itself. While both sides are compared,
// the page waits for it.
import { fetchNew, poll } from './console.js';

const boxes = [...document.querySelectorAll('input[name=confirm]')];
const safe = document.querySelector('[data-total]');
const full = document.querySelector('[data-full]');

function show() {
  const unticked = boxes.filter((each) => !each.checked);
  if (full) full.setAttribute('aria-disabled', String(unticked.length > 0));
  if (!safe || document.querySelector('[name=leave]')) return;
  if (unticked.some((each) => !each.dataset.ids)) {
    // Only the server knows which these are.
    safe.querySelector('[data-safe]').textContent = `${safe.dataset.verb} without what is marked`;
    return;
  }
  const left = new Set(unticked.flatMap((each) => JSON.parse(each.dataset.ids)));
  const goes = Number(safe.dataset.total) - left.size;
  safe.setAttribute('aria-disabled', String(goes < 1));
  safe.querySelector('[data-safe]').textContent =
    `${safe.dataset.verb} ${goes.toLocaleString('en')}${left.size ? ', without what is marked' : ''}`;
}

for (const each of [full, safe])
  each?.addEventListener('click', (event) => {
    if (each.getAttribute('aria-disabled') === 'true') event.preventDefault();
  });
for (const each of boxes) each.addEventListener('change', show);
addEventListener('pageshow', show);

const exact = document.querySelector('[data-exact]');
if (exact)
  poll(async () => {
    const now = await fetchNew(exact.dataset.exact);
    if (now === null) return false;
    if (!now) return true;
    const words = exact.querySelector('[data-part=exact]');
    const bar = exact.querySelector('progress');
    Object.assign(bar, { max: now.total || 1, value: now.done });
    if (now.state === 'making') {
      if (now.done) words.textContent = `Both sides are being compared, ${now.done.toLocaleString('en')} of ${now.total.toLocaleString('en')}`;
      return true;
    }
    // A page with ticks stays as it is until its reader refreshes it.
    if (boxes.some((each) => each.checked)) words.textContent = 'It is ready: refresh this page to see it';
    else location.reload();
    return false;
  });
