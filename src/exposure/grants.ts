import { Capability, capabilitiesOf, type PlacedCapability } from './capabilities';
import { EVERYWHERE, NodeKind, type EdgeDetails, type ExposureGraph, type GraphNode } from './graph';
import type { Places } from './places';
import { ReadingWay } from './reading-way';
import { FieldPath } from '../inspect/field-path';
import type { Manifest } from '../inspect/model/manifest';
import type { PlacedBinding, RoleReference, Roles, Subject } from '../inspect/model/rbac/roles';
import { quote } from '../inspect/quote';

const MASTERS = 'system:masters';
const ROLE_REF = FieldPath.ROOT.child('roleRef').child('name');

/** Nothing says what the role of a binding allows. */
export interface UnknownRole {
  readonly binding: Manifest;
  readonly role: string;
}

/** What RBAC lets whom do, as a part of an exposure. Call it when all Secrets and pods are known. */
export class Grants {
  public readonly unknown: UnknownRole[] = [];
  readonly #capabilities = new Map<string, readonly PlacedCapability[] | undefined>();
  /** What a subject has been given in each scope, with the role that gives it. */
  readonly #held = new Map<GraphNode, Map<string, Held[]>>();
  #index?: Map<string, GraphNode[]>;
  readonly #rolesOf = new Map<string, RoleReference[]>();

  constructor(
    private readonly graph: ExposureGraph, private readonly places: Places, private readonly roles: Roles,
    manifests: readonly Manifest[], private readonly oldest: number,
  ) {
    for (const { kind, namespace, name } of manifests) {
      if (kind === 'Role') push(this.#rolesOf, namespace, { kind, namespace, name });
    }
    for (const { subjects } of roles.bindings) for (const subject of subjects) if (!isMasters(subject)) places.subject(subject);
    for (const binding of roles.bindings) this.#bind(binding);
    for (const [subject, scopes] of this.#held) {
      for (const scope of scopes.keys()) this.#combine(subject, scope, scopes);
    }
  }

  #bind({ manifest, role, scope, subjects }: PlacedBinding): void {
    const capabilities = this.#capabilitiesOf(role);
    if (capabilities === undefined) {
      this.unknown.push({ binding: manifest, role: `${role.kind} ${quote(role.name)}` });
      return;
    }
    const where = scope ?? EVERYWHERE;
    const given = capabilities.filter(({ clusterWide }) => !clusterWide || scope === undefined);
    if (given.length === 0) return;
    const node = this.#roleNode(role, where);
    for (const subject of subjects) {
      if (isMasters(subject)) continue;
      const reader = this.places.subject(subject);
      this.graph.connect(node, reader, undefined, { manifest, field: ROLE_REF });
      const held = this.#held.get(reader) ?? new Map<string, Held[]>();
      this.#held.set(reader, held);
      push(held, where, { role, capabilities: given });
    }
  }

  #capabilitiesOf(role: RoleReference): readonly PlacedCapability[] | undefined {
    const id = `${role.kind}\0${role.namespace}\0${role.name}`;
    if (!this.#capabilities.has(id)) {
      const rules = this.roles.rulesOf(role);
      this.#capabilities.set(id, rules === undefined ? undefined : capabilitiesOf(rules, this.oldest));
    }
    return this.#capabilities.get(id);
  }

  /** What a role gives by itself, in a namespace or everywhere. */
  #roleNode(role: RoleReference, where: string): GraphNode {
    const name = `${role.kind}/${role.namespace}/${role.name}`;
    const known = this.graph.find(NodeKind.ROLE, role.kind, where, name);
    if (known !== undefined) return known;
    const node = this.graph.node(NodeKind.ROLE, role.kind, where, name);
    const whole = new Set<Capability>();
    for (const given of this.#capabilitiesOf(role) ?? []) {
      const { capability, clusterWide, names } = given;
      if ((clusterWide && where !== EVERYWHERE) || whole.has(capability)) continue;
      // several rules may say it of all objects, and one is enough
      if (names === undefined) whole.add(capability);
      this.#give(node, given, where, role);
    }
    return node;
  }

  #give(node: GraphNode, { capability, words, names, from: { manifest, path } }: PlacedCapability, where: string, role: RoleReference): void {
    const details: EdgeDetails = { why: `the ${role.kind} ${quote(role.name)} allows ${words}`, manifest, field: path };
    const { graph, places } = this;
    const connect = (from: GraphNode, way: ReadingWay) => graph.connect(from, node, way, details);
    switch (capability) {
      case Capability.READ_SECRETS:
        if (names === undefined) connect(places.all(NodeKind.SECRETS, where), ReadingWay.API);
        else for (const secret of this.#named(names, where)) connect(secret, ReadingWay.API);
        break;
      case Capability.START_PODS:
        connect(places.all(NodeKind.SECRETS, where), ReadingWay.START_PODS);
        connect(places.all(NodeKind.ACCOUNTS, where), ReadingWay.START_PODS);
        break;
      case Capability.ENTER_PODS:
        if (names === undefined || words.endsWith('nodes/proxy')) connect(places.all(NodeKind.PODS, where), ReadingWay.ENTER_PODS);
        else for (const pod of this.#readers(where === EVERYWHERE ? undefined : where, names, isPodOf)) connect(pod, ReadingWay.ENTER_PODS);
        break;
      case Capability.REQUEST_TOKENS:
        for (const account of this.#accounts(names, where)) connect(account, ReadingWay.TOKEN);
        break;
      case Capability.IMPERSONATE_ACCOUNTS:
        for (const account of this.#accounts(names, where)) connect(account, ReadingWay.IMPERSONATE);
        break;
      case Capability.IMPERSONATE_USERS:
        if (names === undefined) connect(places.all(NodeKind.SECRETS, EVERYWHERE), ReadingWay.IMPERSONATE);
        else for (const name of names) connect(this.#user(name), ReadingWay.IMPERSONATE);
        break;
      default:
    }
  }

  #user(name: string): GraphNode {
    const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
    return this.places.subject(account === null ? { kind: 'User', namespace: '', name } : { kind: 'ServiceAccount', namespace: account[1], name: account[2] });
  }

  /** What a subject is given by several rules together. */
  #combine(subject: GraphNode, where: string, scopes: ReadonlyMap<string, readonly Held[]>): void {
    const everything = where === EVERYWHERE ? scopes.get(where)! : [...scopes.get(where)!, ...scopes.get(EVERYWHERE) ?? []];
    const having = (wanted: Capability) => everything.flatMap(({ role, capabilities }) => {
      return capabilities.filter(({ capability }) => capability === wanted).map(capability => ({ role, capability }));
    });
    const give = (from: GraphNode, way: ReadingWay, { role, capability: { words, from: { manifest, path } } }: ReturnType<typeof having>[number]) => {
      this.graph.connect(from, subject, way, { why: `the ${role.kind} ${quote(role.name)} allows ${words}`, manifest, field: path });
    };
    const giveAll = (way: ReadingWay, by: ReturnType<typeof having>[number]) => {
      give(this.places.all(NodeKind.SECRETS, where), way, by);
      give(this.places.all(NodeKind.ACCOUNTS, where), way, by);
    };

    const writing = having(Capability.WRITE_ROLES).map(({ capability }) => capability.resource);
    const escalating = having(Capability.ESCALATE).find(({ capability: { resource } }) => writing.includes(resource));
    if (escalating !== undefined) giveAll(ReadingWay.ESCALATE, escalating);

    if (having(Capability.WRITE_BINDINGS).length > 0) {
      for (const bind of having(Capability.BIND)) {
        const { names, resource } = bind.capability;
        if (resource === 'clusterroles' && names === undefined) giveAll(ReadingWay.ESCALATE, bind);
        else for (const role of this.#bindable(resource, names, where)) give(this.#roleNode(role, role.kind === 'Role' ? role.namespace : where), ReadingWay.ESCALATE, bind);
      }
    }

    const groups = having(Capability.IMPERSONATE_GROUPS);
    const asSomebody = [...having(Capability.IMPERSONATE_USERS), ...having(Capability.IMPERSONATE_ACCOUNTS)];
    if (groups.length > 0 && asSomebody.length > 0) {
      for (const group of groups) {
        const names = group.capability.names;
        if (names === undefined || names.includes(MASTERS)) giveAll(ReadingWay.IMPERSONATE, group);
        else for (const name of names) give(this.places.subject({ kind: 'Group', namespace: '', name }), ReadingWay.IMPERSONATE, group);
      }
    }

    // the cluster writes the token into a Secret that asks for one
    const creating = having(Capability.CREATE_SECRETS);
    const reading = having(Capability.READ_SECRETS).some(({ capability: { names } }) => names === undefined);
    if (creating.length > 0 && reading) give(this.places.all(NodeKind.ACCOUNTS, where), ReadingWay.TOKEN, creating[0]);
  }

  /** The roles that may be bound, as far as they are known. */
  #bindable(resource: string, names: readonly string[] | undefined, where: string): RoleReference[] {
    if (resource === 'clusterroles') return names!.map(name => ({ kind: 'ClusterRole', namespace: '', name }));
    const inScope = where === EVERYWHERE ? [...this.#rolesOf.values()].flat() : this.#rolesOf.get(where) ?? [];
    return names === undefined ? inScope : inScope.filter(({ name }) => names.includes(name));
  }

  /** Secrets by name. Of those that a role names everywhere, the ones that are known. */
  #named(names: readonly string[], where: string): GraphNode[] {
    if (where !== EVERYWHERE) return [...new Set(names)].map(name => this.places.secret(where, name));
    return this.#byName(NodeKind.SECRET, names);
  }

  #accounts(names: readonly string[] | undefined, where: string): GraphNode[] {
    if (names === undefined) return [this.places.all(NodeKind.ACCOUNTS, where)];
    if (where !== EVERYWHERE) return names.map(name => this.places.subject({ kind: 'ServiceAccount', namespace: where, name }));
    return this.#byName(NodeKind.READER, names).filter(({ kind }) => kind === 'ServiceAccount');
  }

  #readers(namespace: string | undefined, names: readonly string[], matches: (node: GraphNode, name: string) => boolean): GraphNode[] {
    const candidates = names.flatMap(name => [name, name.replace(/-\d+$/, '')]);
    return this.#byName(NodeKind.READER, candidates)
      .filter(node => (namespace === undefined || node.namespace === namespace) && names.some(name => matches(node, name)));
  }

  /** All nodes of a kind with one of these names, in any namespace. */
  #byName(kind: NodeKind, names: readonly string[]): GraphNode[] {
    if (this.#index === undefined) {
      this.#index = new Map();
      for (const node of this.graph.nodes) {
        const id = `${node.node}\0${node.name}`;
        const known = this.#index.get(id);
        if (known === undefined) this.#index.set(id, [node]);
        else known.push(node);
      }
    }
    return [...new Set(names)].flatMap(name => this.#index!.get(`${kind}\0${name}`) ?? []);
  }
}

/** A role that a subject has in a scope. */
interface Held {
  readonly role: RoleReference;
  readonly capabilities: readonly PlacedCapability[];
}

/** The group that every cluster lets do everything by itself. */
function isMasters({ kind, name }: Subject): boolean {
  return kind === 'Group' && name === MASTERS;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** Whether a workload has a pod of a name that can be foretold. */
function isPodOf({ kind, name }: GraphNode, pod: string): boolean {
  return kind === 'StatefulSet' ? pod.startsWith(`${name}-`) && /^\d+$/.test(pod.slice(name.length + 1)) : kind === 'Pod' && name === pod;
}
