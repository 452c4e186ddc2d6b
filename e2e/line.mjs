/** A line on which a dashboard that is loaded from now on hears nothing new of the server while it is held; letGo hands over what has come in. */
export async function line(page) {
  const waiting = [];
  const own = { held: false, letGo: () => {} };
  await page.routeWebSocket(/\/agent\/v1\/socket/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((frame) => (own.held ? waiting.push(() => socket.send(frame)) : socket.send(frame)));
  });
  own.letGo = () => {
    own.held = false;
    for (const pass of waiting.splice(0)) pass();
  };
  return own;
}
