// Reads the proxy variables of the environment into the form node:http's agents take. Pure.
// node:http skips an address it cannot use without a word; a person who set a proxy must hear of that instead.

export interface ProxyEnvironment {
  readonly HTTP_PROXY?: string;
  readonly HTTPS_PROXY?: string;
  readonly NO_PROXY?: string;
}

/**
 * Lower case wins over upper case, ALL_PROXY stands in for a missing one, `host:port` means http.
 * Throws a plain Error naming the variable when its address cannot be used (SOCKS, for example).
 */
export function proxyEnvironmentFrom(
  environment: Readonly<Record<string, string | undefined>>,
): ProxyEnvironment {
  const read = (name: string): string | undefined =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  const proxyFor = (name: string): string | undefined => {
    const value = read(name) ?? read('ALL_PROXY');
    if (value === undefined) return undefined;
    const address = value.includes('://') ? value : `http://${value}`;
    const url = URL.parse(address);
    if (url === null || !['http:', 'https:'].includes(url.protocol)) {
      throw new Error(`the proxy address in ${name} cannot be used`);
    }
    return address;
  };
  const http = proxyFor('HTTP_PROXY');
  const https = proxyFor('HTTPS_PROXY');
  const except = read('NO_PROXY');
  return {
    ...(http === undefined ? {} : { HTTP_PROXY: http }),
    ...(https === undefined ? {} : { HTTPS_PROXY: https }),
    ...(except === undefined ? {} : { NO_PROXY: except }),
  };
}
