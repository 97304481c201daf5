/** Directories that every image has, or that the runtime makes in it: no file can be mounted there. */
const DIRECTORIES = new Set([
  '/', '/bin', '/dev', '/dev/mqueue', '/dev/pts', '/dev/shm', '/etc', '/home', '/lib', '/lib64', '/opt', '/proc', '/root', '/run', '/sbin', '/sys', '/tmp', '/usr',
  '/usr/bin', '/usr/lib', '/usr/local', '/usr/sbin', '/usr/share', '/var', '/var/run',
]);

/** Files that nearly every image has: no directory can be mounted there. */
const FILES = new Set(['/etc/passwd', '/etc/group']);

/** What runc lets be mounted inside /proc: single files. */
const IN_PROC = new Set([
  'cpuinfo', 'diskstats', 'meminfo', 'stat', 'swaps', 'uptime', 'loadavg', 'slabinfo', 'net/dev', 'sys/kernel/ns_last_pid', 'sys/crypto/fips_enabled',
]);

/** The directories that the kernel has in /sys. Nobody can make another one. */
const IN_SYS = new Set(['block', 'bus', 'class', 'dev', 'devices', 'firmware', 'fs', 'fs/bpf', 'fs/cgroup', 'hypervisor', 'kernel', 'kernel/debug', 'kernel/security', 'module', 'power']);

/** Where programs of an image are: what is mounted there hides them. */
const PROGRAMS = new Set(['/bin', '/lib', '/lib64', '/sbin', '/usr', '/usr/bin', '/usr/lib', '/usr/local', '/usr/local/bin', '/usr/sbin']);

/** Why nothing of this kind can be mounted at a place of the image itself, or undefined. */
export function imageRefuses(place: string, directory: boolean): string | undefined {
  if (place === '/') return 'nothing can be mounted over the root';
  if (place === '/proc') return 'nothing but the processes can be mounted at "/proc"';
  if (place.startsWith('/proc/') && (directory || !IN_PROC.has(place.slice('/proc/'.length)))) return 'nothing can be mounted inside "/proc"';
  if (place === '/sys') return 'nothing but the system can be mounted at "/sys"';
  if (place.startsWith('/sys/') && (!directory || !IN_SYS.has(place.slice('/sys/'.length)))) return 'nothing can be made inside "/sys", which is read-only';
  if (directory && FILES.has(place)) return 'the image has a file there, over which no directory can be mounted';
  if (!directory && DIRECTORIES.has(place)) return 'the image has a directory there, over which no file can be mounted';
  return undefined;
}

/** Whether every image has a directory or file at a place. */
export function isOfImage(place: string): boolean {
  return DIRECTORIES.has(place) || FILES.has(place);
}

/** Whether images have their programs at a place. */
export function holdsPrograms(place: string): boolean {
  return PROGRAMS.has(place);
}
