import { aggregatingRoles, builtInRole } from './built-in-roles';
import type { RoleRule } from './role-rule';
import { FieldPath } from '../../field-path';
import type { Manifest } from '../manifest';
import { list, record, text } from '../untyped';

const GROUP = 'rbac.authorization.k8s.io/';

/** A rule, and where it stands; nowhere where the cluster has it by itself. */
export interface PlacedRule {
  readonly rule: RoleRule;
  readonly manifest?: Manifest;
  readonly path?: FieldPath;
}

/** A role of a binding. */
export interface RoleReference {
  readonly kind: 'Role' | 'ClusterRole';
  /** That of the binding; empty for a ClusterRole. */
  readonly namespace: string;
  readonly name: string;
}

/** Whom a binding names. */
export interface Subject {
  readonly kind: string;
  /** Only of a ServiceAccount. */
  readonly namespace: string;
  readonly name: string;
}

/** A RoleBinding or ClusterRoleBinding. */
export interface PlacedBinding {
  readonly manifest: Manifest;
  readonly role: RoleReference;
  /** Where it holds; undefined for all of the cluster. */
  readonly scope: string | undefined;
  readonly subjects: readonly Subject[];
}

/** The Roles, ClusterRoles and bindings among manifests. Of two of one name the later one counts. */
export class Roles {
  public readonly bindings: readonly PlacedBinding[];
  readonly #roles = new Map<string, Manifest>();
  readonly #rules = new Map<string, readonly PlacedRule[] | undefined>();
  /** ClusterRoles by each of their labels, and the labels that built-in roles look for. */
  readonly #labelled = new Map<string, Manifest[]>();
  readonly #addedToBuiltIn = new Map<string, Manifest[]>();

  constructor(manifests: readonly Manifest[]) {
    const bindings: PlacedBinding[] = [];
    for (const manifest of manifests) {
      const { apiVersion, kind, namespace, name, metadata } = manifest;
      if (!apiVersion.startsWith(GROUP)) continue;
      if (kind === 'Role') this.#roles.set(idOf({ kind, namespace, name }), manifest);
      if (kind === 'ClusterRole') {
        this.#roles.set(idOf({ kind, namespace: '', name }), manifest);
        const labels = record(metadata.labels);
        for (const [label, value] of Object.entries(labels)) push(this.#labelled, `${label}=${text(value)}`, manifest);
        for (const builtIn of aggregatingRoles(labels)) push(this.#addedToBuiltIn, builtIn, manifest);
      }
      if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') bindings.push(readBinding(manifest));
    }
    this.bindings = bindings;
  }

  /** The rules of a role, with those that it aggregates; undefined where nothing says what they are. */
  public rulesOf(role: RoleReference): readonly PlacedRule[] | undefined {
    const id = idOf(role);
    if (!this.#rules.has(id)) this.#rules.set(id, this.#read(role));
    return this.#rules.get(id);
  }

  #read(role: RoleReference): readonly PlacedRule[] | undefined {
    const manifest = this.#roles.get(idOf(role));
    const builtIn = role.kind === 'ClusterRole' ? builtInRole(role.name) : undefined;
    if (manifest === undefined && builtIn === undefined) return undefined;
    const roles = new Set<Manifest>();
    if (manifest !== undefined) this.#collect(manifest, roles);
    else for (const added of this.#addedToBuiltIn.get(role.name) ?? []) this.#collect(added, roles);
    const own = manifest === undefined ? builtIn!.rules.map(rule => ({ rule })) : [];
    return [...own, ...[...roles].filter(({ raw }) => raw.aggregationRule === undefined).flatMap(rulesIn)];
  }

  /** A role and those that it aggregates: the controller replaces its own rules by theirs. */
  #collect(first: Manifest, found: Set<Manifest>): void {
    const open = [first];
    for (let role = open.pop(); role !== undefined; role = open.pop()) {
      if (found.has(role)) continue;
      found.add(role);
      for (const selector of list(record(role.raw.aggregationRule).clusterRoleSelectors)) open.push(...this.#selected(record(selector)).reverse());
    }
  }

  /** The ClusterRoles that a label selector takes. One that only says what must not be is passed over: it would take the roles of the cluster too. */
  #selected({ matchLabels, matchExpressions }: Record<string, unknown>): Manifest[] {
    const wanted = [
      ...Object.entries(record(matchLabels)).map(([key, value]) => ({ key, values: [text(value)], operator: 'In' })),
      ...list(matchExpressions).map(record).map(({ key, operator, values }) => {
        return { key: text(key), operator: text(operator), values: list(values).map(text) };
      }),
    ];
    const first = wanted.find(({ operator }) => operator === 'In');
    if (first === undefined) return [];
    const candidates = [...new Set(first.values.flatMap(value => this.#labelled.get(`${first.key}=${value}`) ?? []))];
    return candidates.filter(({ metadata }) => {
      const labels = record(metadata.labels);
      return wanted.every(({ key, operator, values }) => {
        const has = Object.hasOwn(labels, key);
        if (operator === 'Exists') return has;
        if (operator === 'DoesNotExist') return !has;
        return (operator === 'NotIn') !== (has && values.includes(text(labels[key])));
      });
    });
  }
}

function rulesIn(manifest: Manifest): PlacedRule[] {
  return list(manifest.raw.rules).map((rule, index) => ({ rule: record(rule), manifest, path: FieldPath.ROOT.child('rules').index(index) }));
}

function readBinding(manifest: Manifest): PlacedBinding {
  const { kind, namespace, raw } = manifest;
  const { kind: roleKind, name } = record(raw.roleRef);
  const isClusterRole = roleKind === 'ClusterRole';
  return {
    manifest,
    role: { kind: isClusterRole ? 'ClusterRole' : 'Role', namespace: isClusterRole ? '' : namespace, name: text(name) },
    scope: kind === 'RoleBinding' ? namespace : undefined,
    subjects: list(raw.subjects).map(record).map(subject => subjectOf(subject, namespace)).filter(subject => subject.name !== ''),
  };
}

const ACCOUNT = 'system:serviceaccount:';

/** The subject of a binding. A user of the name of a ServiceAccount is that. */
function subjectOf({ kind, namespace, name }: Record<string, unknown>, ofBinding: string): Subject {
  const user = text(name);
  if (kind === 'User' && user.startsWith(ACCOUNT)) {
    const [account, ...rest] = user.slice(ACCOUNT.length).split(':').reverse();
    return { kind: 'ServiceAccount', namespace: rest.reverse().join(':'), name: account };
  }
  return { kind: text(kind), namespace: kind === 'ServiceAccount' ? text(namespace) || ofBinding : '', name: user };
}

function idOf({ kind, namespace, name }: RoleReference): string {
  return `${kind}\0${namespace}\0${name}`;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
