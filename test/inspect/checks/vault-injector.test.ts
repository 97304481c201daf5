import { Inspection } from '../../../src/app/inspection';
import { deployment, pod } from '../manifests';
import { brief, ERROR, testPairs, WARNING } from '../pairs';

const inject = (more: Record<string, string> = {}) => ({
  annotations: { 'vault.hashicorp.com/agent-inject': 'true', 'vault.hashicorp.com/role': 'shop', ...more },
});
const job = (annotations: Record<string, string> = {}, spec: any = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'j' },
  spec: { template: { metadata: inject(annotations), spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'c' }], ...spec } } },
});
const account = (automountServiceAccountToken: boolean) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'api' }, automountServiceAccountToken });
const VOLUME = { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'vault' } }] } };

testPairs({
  'fails when the pods have no token': {
    wrong: [deployment({ template: inject(), spec: { automountServiceAccountToken: false } })],
    right: [deployment({ template: inject(), spec: { automountServiceAccountToken: true } })],
    code: 'InjectorRefusesPod',
    severity: ERROR,
    path: 'spec.template.spec.automountServiceAccountToken',
    says: ['no container has the token'],
  },
  'fails when the ServiceAccount gives them none': {
    wrong: [account(false), pod({}, { serviceAccountName: 'api' }, inject())],
    right: [account(true), pod({}, { serviceAccountName: 'api' }, inject())],
    code: 'InjectorRefusesPod',
    severity: ERROR,
    path: 'spec.automountServiceAccountToken',
  },
  'takes a token that an annotation names': {
    wrong: [pod({}, { automountServiceAccountToken: false, volumes: [VOLUME] }, inject())],
    right: [pod({}, { automountServiceAccountToken: false, volumes: [VOLUME] }, inject({ 'vault.hashicorp.com/agent-service-account-token-volume-name': 'token' }))],
    code: 'InjectorRefusesPod',
    severity: ERROR,
    path: 'spec.automountServiceAccountToken',
  },
  'takes a token that the pods mount themselves': {
    wrong: [pod({ volumeMounts: [{ name: 'token', mountPath: '/var/run/token' }] }, { automountServiceAccountToken: false, volumes: [VOLUME] }, inject())],
    right: [pod({ volumeMounts: [{ name: 'token', mountPath: '/var/run/serviceaccount' }] }, { automountServiceAccountToken: false, volumes: [VOLUME] }, inject())],
    code: 'InjectorRefusesPod',
    severity: ERROR,
    path: 'spec.automountServiceAccountToken',
  },
  'asks nothing of pods that ask for no agent': {
    wrong: [pod({}, { automountServiceAccountToken: false }, inject({ 'vault.hashicorp.com/agent-inject': '1' }))],
    right: [pod({}, { automountServiceAccountToken: false }, inject({ 'vault.hashicorp.com/agent-inject': 'yes' }))],
    code: 'InjectorRefusesPod',
    severity: ERROR,
    path: 'spec.automountServiceAccountToken',
  },
  'fails in a namespace of the system': {
    wrong: [pod({}, {}, { ...inject(), namespace: 'kube-system' })],
    right: [pod({}, {}, { ...inject(), namespace: 'kube-systems' })],
    code: 'InjectorRefusesPod',
    severity: ERROR,
    path: 'metadata',
  },
  'warns of a Job that would never complete': {
    wrong: [job()],
    right: [job({ 'vault.hashicorp.com/agent-pre-populate-only': 'true' })],
    code: 'InjectorKeepsJob',
    severity: WARNING,
    path: 'spec.template.metadata',
  },
  'does not warn of a Job that ends the agent itself': {
    wrong: [job({ 'vault.hashicorp.com/agent-pre-populate-only': 'false' })],
    right: [job({ 'vault.hashicorp.com/agent-enable-quit': 'true' })],
    code: 'InjectorKeepsJob',
    severity: WARNING,
    path: 'spec.template.metadata',
  },
});

describe('the injector of Vault', () => {
  const found = (manifest: any) => brief(Inspection.fromManifests([manifest])).map(([code]) => code);
  const unattended = { automountServiceAccountToken: false, volumes: [VOLUME, { name: 'e', emptyDir: {} }] };

  test('leaves pods alone that it has been to', () => {
    expect(found(pod({}, { automountServiceAccountToken: false }, inject({ 'vault.hashicorp.com/agent-inject-status': 'injected' })))).toEqual([]);
  });

  test('takes the token of any container, at any of its mounts', () => {
    const volumeMounts = [{ name: 'e', mountPath: '/e' }, { name: 'token', mountPath: '/run/serviceaccount' }];
    expect(found({ ...pod({}, { ...unattended, containers: [{ name: 'a', image: 'x' }, { name: 'b', image: 'x', volumeMounts }] }, inject()) })).toEqual([]);
  });

  test('keeps a CronJob too', () => {
    const { spec } = job();
    expect(found({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'j' }, spec: { schedule: '@daily', jobTemplate: { spec } } })).toEqual(['InjectorKeepsJob']);
  });
});
