/** Speaks to a demo tenant's controls, which its Graph clients never see. Throws where a control is refused. */
export function controlTenant(url: string) {
  return async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/_demo/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answered = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${answered}`);
    return answered === '' ? null : JSON.parse(answered);
  };
}
