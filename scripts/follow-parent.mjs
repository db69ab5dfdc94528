// Preloaded into processes that the bootstrap starts: when the bootstrap is killed so hard that it cannot tell us, the
// channel between us closes, and we end in order instead of staying behind unseen.
if (process.channel) {
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
// Not into what we start: processes that wait for our messages (Next compiles pages in such) would end at once.
const own = process.execArgv.indexOf(import.meta.url);
if (own > 0) process.execArgv.splice(own - 1, 2);
