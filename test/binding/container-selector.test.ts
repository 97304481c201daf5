import { ContainerSelector } from '../../src';

const CONTAINERS = [{ name: 'app', isInit: false }, { name: 'helper', isInit: false }, { name: 'setup', isInit: true }];

test.each<[string, ContainerSelector, string[]]>([
  ['the app containers', ContainerSelector.appContainers(), ['app', 'helper']],
  ['the init containers', ContainerSelector.initContainers(), ['setup']],
  ['all containers', ContainerSelector.all(), ['app', 'helper', 'setup']],
  ['named ones, app or init', ContainerSelector.named('setup', 'app'), ['app', 'setup']],
  ['a name that is not there', ContainerSelector.named('sidecar'), []],
])('selects %s', (_, selector, names) => {
  expect(selector._variant.select(CONTAINERS).map(container => container.name)).toEqual(names);
});
