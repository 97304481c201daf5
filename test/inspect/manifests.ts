/** A Secret with these values, and whatever else is given. */
export function secret(name: string, values: Record<string, string | Buffer> = {}, more: any = {}): any {
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value as string).toString('base64')]));
  const { metadata, ...rest } = more;
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, ...metadata }, data, ...rest };
}

/** A Pod with one container, `c`. */
export function pod(container: any = {}, spec: any = {}, metadata: any = {}): any {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', ...metadata }, spec: { containers: [{ name: 'c', image: 'nginx', ...container }], ...spec } };
}

/** A Pod whose container mounts these volumes, each at a path of its own: `/0`, `/1`, … */
export function podWithVolumes(volumes: any[], spec: any = {}): any {
  const volumeMounts = volumes.map(({ name }, index) => ({ name, mountPath: `/${index}` }));
  return pod({ volumeMounts }, { volumes, ...spec });
}

/** A Pod that mounts the Secret `db` as the volume `v` in these ways. */
export function podWithMounts(volumeMounts: any[], volume: any = { secret: { secretName: 'db' } }): any {
  return pod({ volumeMounts: volumeMounts.map(mount => ({ name: 'v', ...mount })) }, { volumes: [{ name: 'v', ...volume }] });
}

/** A Deployment with this pod. */
export function deployment({ metadata = {}, template = {}, spec }: { metadata?: any; template?: any; spec?: any } = {}): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd', ...metadata },
    spec: {
      selector: { matchLabels: { app: 'd' } },
      template: { metadata: { labels: { app: 'd' }, ...template }, spec: { containers: [{ name: 'c', image: 'nginx' }], ...spec } },
    },
  };
}

/** An entry of `env` that takes one key. */
export function keyRef(name: string, of: string, key: string, more: any = {}): any {
  return { name, valueFrom: { secretKeyRef: { name: of, key, ...more } } };
}

/** An entry of `envFrom` that takes a whole Secret. */
export function whole(name: string, more: any = {}): any {
  return { secretRef: { name }, ...more };
}
