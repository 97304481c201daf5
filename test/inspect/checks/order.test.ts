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
