// The job: figures, bar and lines follow it until it ends.
import { fetchNew, poll, setStatus, tell } from './console.js';

const job = document.querySelector('[data-job]');
const part = (name) => job.querySelector(`[data-part=${name}]`);

function show(now) {
  for (const name of ['ready', 'done', 'failed', 'left', 'left_words', 'words']) part(name).textContent = now[name].toLocaleString('en');
  const bar = job.querySelector('progress');
  bar.max = now.total || 1;
  bar.value = now.ready;
  job.querySelector('[data-failed]').className = `st ${now.failed ? 'bad' : 'soft'}`;
  for (const line of now.lines) {
    const row = [...document.querySelectorAll('[data-lines] tr')].find((each) => each.dataset.id === line.id);
    if (row) setStatus(row.querySelector('.st'), line);
  }
  tell('job', `${now.ready} of ${now.total} are through, ${now.failed} failed`);
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
