import { ApiObject, App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The chart `c` of an app of its own. */
export function newChart(namespace: string | undefined = 'web', app: App = new App()): Chart {
  return new Chart(app, 'c', { namespace });
}

/** The one object that was made for a construct, as the manifest holds it. */
export function manifestOf(construct: IConstruct): any {
  return ApiObject.of(construct).toJson();
}
