import { afterEach, describe, expect, it } from 'vitest';
import { climbed } from '../../fixtures/climbs.ts';
import { closeKept, served, socketOf } from '../../fixtures/dials.ts';
import { answer } from '../../fixtures/raw-server.ts';
import { seen } from '../../fixtures/test-rig.ts';

afterEach(closeKept);

const plainly = async (script: Parameters<typeof served>[0]) => {
  const { rig, broken } = await climbed(socketOf(await served(script), 'wss'));
  const [probe] = seen(rig, 'probed').filter((one) => one.probe === 'plain-on-port');
  return { broken, speaksHttp: probe?.facts.speaksHttp };
};

describe('a port that does not agree on TLS', () => {
  it('is found to answer plain HTTP, where it waited for a line of text', async () => {
    const text = { onRequest: (socket) => socket.end(answer('404 Not Found')) } satisfies Parameters<typeof served>[0];
    expect(await plainly(text)).toEqual({ broken: 'tls', speaksHttp: true });
  });

  it('is found to answer nothing, where it hangs up on everybody', async () => {
    expect(await plainly({ onConnect: (socket) => socket.end() })).toEqual({ broken: 'tls', speaksHttp: false });
  });

  it('is not taken for a plain one where it says that it wants TLS', async () => {
    const page = answer('400 Bad Request', [], 'Client sent an HTTP request to an HTTPS server.');
    expect(await plainly({ onRequest: (socket) => socket.end(page) })).toEqual({ broken: 'tls', speaksHttp: false });
  });

  it('is not asked where the certificate is what is wrong', async () => {
    expect(await plainly({ certificate: 'loopback' })).toEqual({ broken: 'tls', speaksHttp: undefined });
  });
});
