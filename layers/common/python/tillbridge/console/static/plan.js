// The plan: the buttons say how many go as boxes are ticked. The server counts for itself.
const boxes = [...document.querySelectorAll('input[name=confirm]')];
const safe = document.querySelector('[data-total]');
const full = document.querySelector('[data-full]');

function show() {
  const left = new Set(boxes.filter((each) => !each.checked).flatMap((each) => JSON.parse(each.dataset.ids)));
  if (full) full.setAttribute('aria-disabled', String(left.size > 0));
  if (!safe) return;
  const goes = Number(safe.dataset.total) - left.size;
  safe.setAttribute('aria-disabled', String(goes < 1));
  safe.querySelector('[data-safe]').textContent =
    `${safe.dataset.verb} ${goes.toLocaleString('en')}${left.size ? `, leave ${left.size.toLocaleString('en')}` : ''}`;
}

for (const each of [full, safe])
  each?.addEventListener('click', (event) => {
    if (each.getAttribute('aria-disabled') === 'true') event.preventDefault();
  });
for (const each of boxes) each.addEventListener('change', show);
addEventListener('pageshow', show);
