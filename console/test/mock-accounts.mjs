/** The mock's accounts and programs (docs/api.md, Accounts), as much of them as the page needs. */
export function accountRoutes(who) {
  const accounts = [
    { name: 'adele', role: 'administrator', unit: '', locked: false, with_code: true, made: '2026-09-01T08:00:00Z' },
    { name: 'anna', role: 'coordinator', unit: 'MRCC Dover', locked: false, with_code: false, made: '2026-10-02T08:00:00Z' },
    { name: 'cap.sample', role: 'captain', unit: 'RNLI Sample', locked: true, with_code: false, made: '2026-10-03T08:00:00Z' },
  ];
  let programs = [{ name: 'ais-bridge', scopes: ['report'], made: '2026-10-04T08:00:00Z' }];
  const made = '2026-11-27T08:00:00Z';

  function change(name, body) {
    const account = accounts.find((each) => each.name === name);
    if (!account) return [400, { error: `there is no account "${name}"` }];
    if (name === who()?.account && ('locked' in body || 'role' in body)) return [409, { error: 'nobody locks themselves out' }];
    if ('password' in body && body.password.length < 12) return [400, { error: 'password: is too short; 12 characters are the least' }];
    if ('code' in body) {
      account.with_code = body.code;
      return body.code ? { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: `otpauth://totp/Varne:${name}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Varne` } : {};
    }
    if ('locked' in body) account.locked = body.locked;
    if ('role' in body) Object.assign(account, { role: body.role, unit: body.unit ?? '' });
    return {};
  }

  return (method, path, body) => {
    const may = who()?.may ?? [];
    if (!may.includes(method === 'GET' ? 'audit' : 'accounts')) return [403, { error: 'you may not do this' }];
    if (method === 'GET') return { accounts, programs };
    const [, , sort, name, deed] = path.split('/').map(decodeURIComponent);
    if (sort === 'accounts' && name) return change(name, body);
    if (sort === 'accounts') {
      if (accounts.some((each) => each.name === body.name)) return [400, { error: `there is an account ${body.name}` }];
      if (body.password.length < 12) return [400, { error: 'password: is too short; 12 characters are the least' }];
      accounts.push({ name: body.name, role: body.role, unit: body.unit ?? '', locked: false, with_code: false, made });
      return {};
    }
    if (deed === 'revoke') return (programs = programs.filter((each) => each.name !== name)), {};
    programs.push({ name: body.name, scopes: body.scopes, made });
    return { token: 'varne_3xAmPl3T0k3n' };
  };
}
