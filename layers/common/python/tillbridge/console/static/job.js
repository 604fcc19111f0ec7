// The job: figures, bar and lines follow it until it ends.
import { fetchNew, makeButton, poll, setStatus, tell } from './console.js';

const job = document.querySelector('[data-job]');
const part = (name) => job.querySelector(`[data-part=${name}]`);

function show(now) {
  for (const name of ['ready', 'done', 'failed', 'left', 'left_words', 'words']) part(name).textContent = now[name].toLocaleString('en');
  const bar = job.querySelector('progress');
  bar.max = now.total || 1;
  bar.value = now.ready;
  job.querySelector('[data-failed]').className = `st ${now.failed ? 'bad' : 'soft'}`;
  for (const line of now.lines) showLine(line);
  tell('job', `${now.ready} of ${now.total} are through, ${now.failed} failed`);
}

function showLine(line) {
  const table = document.querySelector('[data-lines]');
  let row = [...table?.rows ?? []].find((each) => each.dataset.id === line.id);
  if (!row) {
    // It was on another page of the lines, and comes to this one because it failed.
    if (!line.again || !table?.rows.length) return;
    row = table.rows[0].cloneNode(true);
    row.dataset.id = line.id;
    Object.assign(row.querySelector('.title'), { textContent: '', title: line.name });
    const name = document.createElement(line.href ? 'a' : 'span');
    if (line.href) name.href = line.href;
    name.textContent = line.name;
    row.querySelector('.title').append(name);
    row.querySelector('.meta').textContent = '';
    row.lastElementChild.replaceChildren();
    table.prepend(row);
  }
  setStatus(row.querySelector('.st'), line);
  row.querySelector('[data-part=said]').textContent = line.words;
  const act = row.lastElementChild;
  if (!line.again) act.replaceChildren();
  else if (!act.firstElementChild) {
    const button = makeButton({ words: 'Again', icon: 'refresh', value: line.again });
    button.setAttribute('aria-label', `Again: ${line.name}`);
    act.append(button);
  }
}

if (job && job.dataset.state !== 'ended') {
  poll(async () => {
    const now = await fetchNew(job.dataset.job);
    if (now === null) return false;
    if (now) show(now);
    if (now?.state !== 'ended') return true;
    // The page that tells the whole end is shown once, where nobody is in the middle of something.
    if (document.activeElement === document.body) location.reload();
    return false;
  });
}
