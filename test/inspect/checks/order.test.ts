import { Inspection } from '../../../src/app/inspection';
import { deployment, keyRef, pod, secret } from '../manifests';
import { testPairs, WARNING } from '../pairs';
import { externalSecret } from '../resources/resources';

const env = [keyRef('A', 'db', 'password')];
const job = (annotations: any) => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate', annotations }, spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'nginx', env }] } } },
});
const external = (annotations: any = {}) => externalSecret({}, { annotations });
const path = 'spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key';
const later = { code: 'SecretComesLater', severity: WARNING, path };

testPairs({
  'a Job that Helm runs before the installation waits for an ExternalSecret of it': {
    ...later, wrong: [external(), job({ 'helm.sh/hook': 'pre-install,pre-upgrade' })], right: [external(), job({ 'helm.sh/hook': 'post-install' })], says: ['Helm', 'pre-install'],
  },
  'a hook waits for one of more weight': {
    ...later,
    wrong: [external({ 'helm.sh/hook': 'pre-install', 'helm.sh/hook-weight': '5' }), job({ 'helm.sh/hook': 'pre-install' })],
    right: [external({ 'helm.sh/hook': 'pre-install', 'helm.sh/hook-weight': '-5' }), job({ 'helm.sh/hook': 'pre-install' })],
  },
  'a Job that Argo CD runs before the sync waits for a Secret of it': {
    ...later,
    wrong: [secret('db', { password: 'p' }), job({ 'argocd.argoproj.io/hook': 'PreSync' })],
    right: [secret('db', { password: 'p' }, { metadata: { annotations: { 'argocd.argoproj.io/hook': 'PreSync' } } }), job({ 'argocd.argoproj.io/hook': 'PreSync' })],
    says: ['Argo CD', 'PreSync'],
  },
  'a Job of an earlier wave waits for an ExternalSecret of a later one': {
    ...later, wrong: [external(), job({ 'argocd.argoproj.io/sync-wave': '-1' })], right: [external({ 'argocd.argoproj.io/sync-wave': '-1' }), job({ 'argocd.argoproj.io/sync-wave': '-1' })],
  },
  'a Deployment of an earlier wave does so too': {
    ...later,
    wrong: [external({ 'argocd.argoproj.io/sync-wave': '2' }), deployment({ metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '1' } }, spec: { containers: [{ name: 'c', image: 'nginx', env }] } })],
    right: [external({ 'argocd.argoproj.io/sync-wave': '0' }), deployment({ metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '1' } }, spec: { containers: [{ name: 'c', image: 'nginx', env }] } })],
  },
});

test.each<[string, any]>([
  ['a test of Helm', job({ 'helm.sh/hook': 'test' })],
  ['an upgrade, when the Secret is there', job({ 'helm.sh/hook': 'pre-upgrade' })],
  ['a wave that is no number', job({ 'argocd.argoproj.io/sync-wave': 'first' })],
  ['an optional key', { ...pod({ env: [keyRef('A', 'db', 'password', { optional: true })] }, {}, { annotations: { 'argocd.argoproj.io/sync-wave': '-1' } }) }],
])('nobody waits in %s', (_, manifest) => {
  expect(Inspection.fromManifests([external(), manifest]).findings).toEqual([]);
});

test('it is told once of each object', () => {
  const twice = { ...job({ 'argocd.argoproj.io/sync-wave': '-1' }) };
  twice.spec.template.spec.containers[0].env = [...env, keyRef('B', 'db', 'password')];
  expect(Inspection.fromManifests([external(), twice]).findings.map(({ code }) => code)).toEqual(['SecretComesLater']);
});

const messages = (...manifests: any[]) => Inspection.fromManifests(manifests).findings.map(({ message, next }) => [message.split(':')[0], next]);
const HOOK = 'helm.sh/hook';
const WAVE = 'argocd.argoproj.io/sync-wave';

test.each<[string, any, any, string, string]>([
  ['the installation', { [HOOK]: 'pre-install' }, {}, 'Helm starts this in the hook pre-install, and makes the Secret "db" later, in the installation', 'the hook pre-install'],
  ['a weight', { [HOOK]: ' pre-install , test' }, { [HOOK]: 'pre-install', 'helm.sh/hook-weight': '+15' }, 'Helm starts this in the hook pre-install, and makes the Secret "db" later, in the hook pre-install (weight 15)', 'the hook pre-install'],
  ['a wave', { [WAVE]: '-1' }, {}, 'Argo CD starts this in the wave -1, and makes the Secret "db" later, in the wave 0', 'the wave -1'],
  ['a wave of a hook', { 'argocd.argoproj.io/hook': 'PreSync', [WAVE]: '-12' }, { 'argocd.argoproj.io/hook': 'PreSync' },
    'Argo CD starts this in the hook PreSync (wave -12), and makes the Secret "db" later, in the hook PreSync', 'the hook PreSync (wave -12)'],
])('what comes later is told with %s', (_, before, after, message, turn) => {
  expect(messages(external(after), job(before))).toEqual([[message, `apply the ExternalSecret "db" in ${turn} too, or earlier`]]);
});

test('weights count among hooks of Helm alone', () => {
  expect(messages(external({ 'helm.sh/hook-weight': '5' }), job({ [HOOK]: 'post-install' }))).toEqual([]);
  expect(messages(external({ 'helm.sh/hook-weight': '5' }), job({ 'helm.sh/hook-weight': '1' }))).toEqual([]);
});

test.each(['first', '1x', 'x1', '1.5', ''])('the wave %j is none, and counts as 0', wave => {
  expect(messages(external({ [WAVE]: wave }), job({ [WAVE]: '0' }))).toEqual([]);
  expect(messages(external({ [WAVE]: wave }), job({ [WAVE]: '-1' }))).toHaveLength(1);
});

test('a Secret that is a hook of something else is there already', () => {
  expect(messages(external({ [HOOK]: 'test' }), job({ [HOOK]: 'pre-install' }))).toEqual([]);
});

test('a Secret that nothing here makes may come at any time', () => {
  expect(Inspection.fromManifests([job({ [WAVE]: '-1' })], { existingSecrets: [{ name: 'db' }] }).findings).toEqual([]);
  expect(Inspection.fromManifests([job({ [WAVE]: '-1' })], { missingSecrets: false }).findings).toEqual([]);
});

test('what is not applied together has no order', () => {
  const sources = [{ manifest: external(), units: ['a'], file: 'a/x.yaml' }, { manifest: job({ [WAVE]: '-1' }), units: ['b'], file: 'b/x.yaml' }];
  expect(Inspection._fromSources(sources).findings).toEqual([]);
});

test('what is no hook is not waited for by Helm, whenever its Secret comes', () => {
  expect(messages(external({ [HOOK]: 'post-install' }), deployment({ spec: { containers: [{ name: 'c', image: 'nginx', env }] } }))).toEqual([]);
});
