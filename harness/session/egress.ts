import type { Agent } from 'node:http';

/** An agent that tunnels through this proxy with CONNECT, one fresh tunnel per dial. Loaded only where a proxy is set. */
export async function tunnelAgent(proxy: URL): Promise<Agent> {
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(proxy, { keepAlive: false });
}
