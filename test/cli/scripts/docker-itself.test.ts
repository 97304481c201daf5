import { spawnSync } from 'node:child_process';
import { BINARY, HARD, script, single } from './declared';
import { StandIns } from './stand-in';
import { SwarmStandIn } from './swarm-stand-in';
import { SensitiveValue } from '../../../src/index';
import { tempFolder } from '../../support/temp-folder';

const DOCKER = spawnSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).stdout.trim();

(DOCKER === '' ? describe.skip : describe)(`docker itself${DOCKER === '' ? ' (skipped: there is no docker here)' : ''}`, () => {
  let swarm: SwarmStandIn;
  beforeEach(async () => {
    swarm = new SwarmStandIn();
    await swarm.open();
  });
  afterEach(() => swarm.close());

  async function run(text: string, env: Record<string, string> = {}): Promise<void> {
    const standIns = new StandIns(tempFolder({ 'a,b=c $d': BINARY }), {});
    const { status, stderr } = await standIns.runBeside(text, { ...env, DOCKER_HOST: swarm.address, HOME: standIns.folder });
    expect([stderr, status]).toEqual(['', 0]);
  }

  const file = single('api-key', SensitiveValue.fromFile('a,b=c $d'));
  const variable = single('api-key', SensitiveValue.fromEnvironment('V'));
  const latin = (value: Buffer | string) => Buffer.from(value).toString('latin1');
  const used = (name: string, target: string, mode: number) => ({ SecretName: name, SecretID: `secret-${name}`, File: { Name: target, UID: '1', GID: '12000', Mode: mode } });

  test('makes secrets, changes them and deletes them with every version', async () => {
    await run(script('create', 'docker', file));
    expect(swarm.held).toEqual({ 'api-key': { value: latin(BINARY), labels: {} } });
    await run(script('update', 'docker', variable), { V: HARD });
    expect(swarm.held).toMatchObject({ 'api-key': { value: latin(BINARY) }, 'api-key-v2': { value: latin(HARD) } });
    await run(script('delete', 'docker', file));
    expect(swarm.held).toEqual({});
  }, 60_000);

  test('gives the new version to every service that has an older one, at the same place', async () => {
    await run(script('create', 'docker', file));
    const other = used('other', '/run/other', 0o444);
    swarm.addService('fn', [used('api-key', '/var/openfaas/secrets/api key', 0o400), other]);
    swarm.addService('without', [other]);
    await run(script('update', 'docker', variable), { V: 'two' });
    const [fn, without] = swarm.services;
    expect(fn.Spec.TaskTemplate.ContainerSpec.Secrets).toEqual([other, used('api-key-v2', '/var/openfaas/secrets/api key', 0o400)]);
    expect(without.Version.Index).toBe(1);
  }, 60_000);
});
