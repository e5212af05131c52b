// Proxy variables in all their spellings.
import { expect, test } from 'vitest';
import { proxyEnvironmentFrom } from '../../../../src/main/models/download/proxy-environment.ts';

test.each([
  ['nothing', {}, {}],
  ['empty variables', { HTTP_PROXY: '', NO_PROXY: '' }, {}],
  [
    'both kinds',
    { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2' },
    { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2' },
  ],
  ['lower case first', { HTTP_PROXY: 'http://a:1', http_proxy: 'http://b:2' }, { HTTP_PROXY: 'http://b:2' }],
  ['one for all', { ALL_PROXY: 'http://a:1' }, { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://a:1' }],
  [
    'a bare host and port',
    { HTTPS_PROXY: 'proxy.example:3128' },
    { HTTPS_PROXY: 'http://proxy.example:3128' },
  ],
  ['exceptions', { no_proxy: 'localhost' }, { NO_PROXY: 'localhost' }],
])('%s', (_what, environment, expected) => {
  expect(proxyEnvironmentFrom(environment)).toEqual(expected);
});

test.each(['socks5://a:1', 'http://', 'http://a:port'])(
  '%s cannot be used and says where it stands',
  (address) => {
    expect(() => proxyEnvironmentFrom({ HTTPS_PROXY: address })).toThrow('HTTPS_PROXY');
  },
);
