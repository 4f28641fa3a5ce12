// The yardstick: what a bare `ws` script takes for four exchanges, one after the other. Plain JavaScript, with the compile cache on, as the command has it.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { WebSocket } = await import('ws');
const [, , url] = process.argv;

for (let exchange = 0; exchange < 4; exchange += 1) {
  await new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on('error', reject);
    socket.on('close', resolve);
    socket.on('message', (data) => {
      const { type } = JSON.parse(String(data));
      if (type === 'connection_established')
        socket.send(JSON.stringify({ type: 'user_message', payload: { content: 'hello' } }));
      if (type === 'agent_completed') socket.close();
    });
  });
}
