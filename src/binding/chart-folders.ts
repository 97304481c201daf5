import { type App, Chart, Names } from 'cdk8s';

/**
 * The folder into which cdk8s writes each chart of an app with `FOLDER_PER_CHART_FILE_PER_RESOURCE`, by chart: its label, behind its place
 * in the order where charts depend on one another.
 */
export function chartFolders(app: App): ReadonlyMap<Chart, string> {
  const isIndexed = dependOnEachOther(app);
  return new Map(app.charts.map((chart, index) => [chart, `${isIndexed ? `${String(index).padStart(4, '0')}-` : ''}${Names.toDnsLabel(chart)}`]));
}

/** Has charts depend on each other as cdk8s does when it writes them, and says whether one does. */
function dependOnEachOther(app: App): boolean {
  const constructs = app.node.findAll();
  let found = false;
  const depend = (source: Chart, target: Chart) => {
    if (source === target) return;
    source.node.addDependency(target);
    found = true;
  };
  for (const construct of constructs) {
    if (Chart.isChart(construct)) for (const child of construct.node.children) if (Chart.isChart(child)) depend(construct as Chart, child as Chart);
  }
  for (const construct of constructs) for (const dependency of construct.node.dependencies) depend(Chart.of(construct), Chart.of(dependency));
  return found;
}
