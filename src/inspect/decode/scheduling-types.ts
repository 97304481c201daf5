import type { TypeTable } from './schema';

/** Where pods may run. */
export const SCHEDULING_TYPES: TypeTable = {
  Affinity: {
    nodeAffinity: 'NodeAffinity',
    podAffinity: 'PodAffinity',
    podAntiAffinity: 'PodAntiAffinity',
  },
  NodeAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: '[]PreferredSchedulingTerm',
    requiredDuringSchedulingIgnoredDuringExecution: 'NodeSelector',
  },
  NodeSelector: {
    nodeSelectorTerms: '[]NodeSelectorTerm',
  },
  NodeSelectorTerm: {
    matchExpressions: '[]NodeSelectorRequirement',
    matchFields: '[]NodeSelectorRequirement',
  },
  NodeSelectorRequirement: {
    key: 'string',
    operator: 'string',
    values: '[]string',
  },
  PreferredSchedulingTerm: {
    preference: 'NodeSelectorTerm',
    weight: 'int32',
  },
  PodAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: '[]WeightedPodAffinityTerm',
    requiredDuringSchedulingIgnoredDuringExecution: '[]PodAffinityTerm',
  },
  PodAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: '[]WeightedPodAffinityTerm',
    requiredDuringSchedulingIgnoredDuringExecution: '[]PodAffinityTerm',
  },
  PodAffinityTerm: {
    labelSelector: 'LabelSelector',
    namespaceSelector: 'LabelSelector',
    namespaces: '[]string',
    topologyKey: 'string',
    matchLabelKeys: '[]string since 1.29',
    mismatchLabelKeys: '[]string since 1.29',
  },
  WeightedPodAffinityTerm: {
    podAffinityTerm: 'PodAffinityTerm',
    weight: 'int32',
  },
  Toleration: {
    effect: 'string',
    key: 'string',
    operator: 'string',
    tolerationSeconds: 'int64',
    value: 'string',
  },
  TopologySpreadConstraint: {
    labelSelector: 'LabelSelector',
    matchLabelKeys: '[]string',
    maxSkew: 'int32',
    minDomains: 'int32',
    nodeAffinityPolicy: 'string',
    nodeTaintsPolicy: 'string',
    topologyKey: 'string',
    whenUnsatisfiable: 'string',
  },
};
