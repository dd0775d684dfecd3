/** A server on loopback that ends with its test, whoever is still connected. */
import type { AddressInfo, Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Lets the server listen, at a free port where none is named. `close` may be called before the test ends. */
export async function listenOnLoopback(
  server: Server,
  port = 0,
): Promise<{ port: number; close: () => Promise<void> }> {
  const connections = new Set<Socket>();
  // Whoever is still shaking hands would keep a TLS server from closing.
  server.on('connection', (socket) => void connections.add(socket));
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of connections) socket.destroy();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return { port: (server.address() as AddressInfo).port, close };
}
