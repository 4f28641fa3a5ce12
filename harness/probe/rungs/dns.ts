import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { controlLookup } from '../control-lookup.ts';
import { breaks, holds, type Step } from '../footing.ts';
import { gatewayOf } from '../gateway.ts';
import { within } from '../within.ts';

/** The name of the target, or of the proxy before it, resolves. */
export const dns: Step = {
  rung: 'dns',
  redials: true,
  async take({ rig }) {
    const { host, proxy, label } = gatewayOf(rig);
    if (isIP(host) !== 0) return holds(`${label} is a literal address`, { addresses: [host] });
    const { value, trouble } = await within(rig, {
      phase: () => (proxy === null ? 'dns' : 'proxy'),
      run: () => addressesOf(host, rig.lookup ?? systemLookup),
    });
    if (trouble !== null) return breaks(trouble, { host });
    return holds(`${label} is ${value.join(', ')}`, { host, addresses: value });
  },
  async onBroken({ rig, name }) {
    await controlLookup(rig, name);
  },
};

/** Every address of a host, as the system resolves it. */
export function addressesOf(host: string, lookup: LookupFunction = systemLookup): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, found) => {
      if (error) reject(error);
      else resolve(typeof found === 'string' ? [found] : found.map(({ address }) => address));
    });
  });
}
