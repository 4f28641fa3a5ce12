import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { DialMarks } from './dial-marks.ts';

/** Sends an upgrade request off and marks each phase that it passes; `onProxyRefusal` hears of a tunnel that was not opened. */
export function followRequest(
  request: ClientRequest,
  marks: DialMarks,
  onProxyRefusal: (status: number) => void,
): void {
  request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
    marks.tunnelled = statusCode === 200;
    if (!marks.tunnelled) onProxyRefusal(statusCode);
  });
  request.once('socket', (socket: Socket) => {
    socket.once('connect', () => {
      marks.connected = true;
    });
    socket.once('secureConnect', () => {
      marks.secured = true;
    });
  });
  request.end();
}
