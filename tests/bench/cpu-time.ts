/** Milliseconds of CPU this process has used, in its own code and in the system's. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
