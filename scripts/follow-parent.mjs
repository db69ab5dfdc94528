// Preloaded into processes that the bootstrap starts: when the bootstrap is killed so hard that it cannot tell us, the
// channel between us closes, and we end in order instead of staying behind unseen.
import { isMainThread } from 'node:worker_threads';

if (process.channel) {
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
// While sources are watched, the channel is that of Node's watcher, which stays whatever becomes of the bootstrap.
const bootstrap = Number(process.env.STOA_BOOTSTRAP_PID);
if (bootstrap > 0 && isMainThread && process.env.WATCH_REPORT_DEPENDENCIES) {
  const looking = setInterval(() => {
    if (runs(bootstrap)) return;
    clearInterval(looking);
    // It ends us first.
    process.kill(process.ppid, 'SIGTERM');
  }, 1000);
  looking.unref();
}
// Not into what we start: processes that wait for our messages (Next compiles pages in such) would end at once.
const own = process.execArgv.indexOf(import.meta.url);
if (own > 0) process.execArgv.splice(own - 1, 2);

/** @param {number} pid */
function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
