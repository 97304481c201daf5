import { join, resolve } from 'node:path';
import { tempFolder } from '../support/temp-folder';

const LIBRARY = JSON.stringify(resolve(__dirname, '../../src'));
const CDK8S = JSON.stringify(require.resolve('cdk8s'));
const CDK8S_PLUS = JSON.stringify(require.resolve('cdk8s-plus-28'));

/** The command that runs an app of this program; `app`, `chart` and the names of the library are there. */
export function appProgram(program: string): string {
  const start = `const { ApiObject, App, Chart } = require(${CDK8S}); const kplus = require(${CDK8S_PLUS});
    const { BasicAuthSecret, Secret, SecretBackedFunction, SecretBinding, SecretDelivery, SensitiveValue } = require(${LIBRARY});
    const app = new App(); const chart = new Chart(app, 'c', { namespace: 'shop' });`;
  const folder = tempFolder({ 'main.ts': `${start}\n${program}` });
  return `${join(resolve(__dirname, '../..'), 'node_modules/.bin/tsx')} ${join(folder, 'main.ts')}`;
}
