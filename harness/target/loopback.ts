/** Whether a host is this machine: what leaves no network interface needs neither TLS nor a proxy. */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return host === '[::1]' || host === '0.0.0.0' || /^127(?:\.\d{1,3}){3}$/.test(host) || /^\[::ffff:7f/.test(host);
}
