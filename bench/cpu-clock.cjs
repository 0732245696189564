// Preloaded into peers that time themselves by the wall clock: they are to count CPU time, as everybody else does.
process.hrtime.bigint = () => {
  const { user, system } = process.cpuUsage();
  return BigInt(user + system) * 1000n;
};
