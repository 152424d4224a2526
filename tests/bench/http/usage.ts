/** Loaded into a process before its program (`--import`): whoever started it asks how much processor time it has used, and is told. */
process.on('message', (asked) => {
  if (asked !== 'usage') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ usage: user + system });
});
// A question that may come is no reason to stay.
process.channel?.unref();
