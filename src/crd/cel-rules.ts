type Fields = Readonly<Record<string, unknown>>;

/** Whether a rule holds for a value. */
export type CelRule = (self: Fields) => boolean;

/** CEL's `has`: what is null is not there. */
function has(self: Fields, ...path: string[]): boolean {
  let at: unknown = self;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return false;
    at = (at as Fields)[name];
  }
  return at !== undefined && at !== null;
}

const count = (self: Fields, ...names: string[]) => names.filter(name => has(self, name)).length;
const exactlyOne = (...names: string[]): CelRule => self => count(self, ...names) === 1;
const atMostOne = (...names: string[]): CelRule => self => count(self, ...names) <= 1;
const atLeastOne = (...names: string[]): CelRule => self => count(self, ...names) >= 1;

/** How many characters CEL counts: code points. */
function size(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

const RESERVED_TAGS = ['esoNamespace', 'esoStoreName', 'esoStoreKind'];
const RESERVED_PREFIX = 'secrets-store.sync.x-k8s.io';
const MAX_KEY = 317;
const MAX_LABEL = 63;
const MAX_ANNOTATION = 262_144;

/** The rules of the schemas in CEL, by their texts. A test looks that none is missing. */
export const CEL_RULES: Readonly<Record<string, CelRule>> = {
  'has(self.storeRef) && (has(self.storeRef.name) || has(self.storeRef.labelSelector))':
    self => has(self, 'storeRef', 'name') || has(self, 'storeRef', 'labelSelector'),
  '!has(self.remoteKey) || !has(self.rewrite) || size(self.rewrite) == 0':
    self => !has(self, 'remoteKey') || !Array.isArray(self.rewrite) || self.rewrite.length === 0,
  '(has(self.regexp) && !has(self.transform)) || (!has(self.regexp) && has(self.transform))': exactlyOne('regexp', 'transform'),
  "!('esoNamespace' in self) && !('esoStoreName' in self) && !('esoStoreKind' in self)": self => RESERVED_TAGS.every(tag => !Object.hasOwn(self, tag)),
  'has(self.auth) || has(self.authRef)': atLeastOne('auth', 'authRef'),
  '[has(self.auth),has(self.authRef)].filter(x,x==true).size() <= 1': atMostOne('auth', 'authRef'),
  '(has(self.secretRef) && !has(self.oidcConfig)) || (!has(self.secretRef) && has(self.oidcConfig))': exactlyOne('secretRef', 'oidcConfig'),
  'has(self.serviceAccountCredsSecretRef) || has(self.tokenSecretRef)': atLeastOne('serviceAccountCredsSecretRef', 'tokenSecretRef'),
  '[has(self.vault),has(self.environment)].filter(x,x==true).size() <= 1': atMostOne('vault', 'environment'),
  '[has(self.caBundle),has(self.caProvider)].filter(x,x==true).size() <= 1': atMostOne('caBundle', 'caProvider'),
  '[has(self.appRole),has(self.tokenSecretRef),has(self.userPass)].filter(x,x==true).size() == 1': exactlyOne('appRole', 'tokenSecretRef', 'userPass'),
  '[has(self.roleId),has(self.roleRef)].filter(x,x==true).size() == 1': exactlyOne('roleId', 'roleRef'),
  '(has(self.auth) && !has(self.accessToken)) || (!has(self.auth) && has(self.accessToken))': exactlyOne('auth', 'accessToken'),
  '(has(self.accessToken) && !has(self.oidcConfig)) || (!has(self.accessToken) && has(self.oidcConfig))': exactlyOne('accessToken', 'oidcConfig'),
  'has(self.token) || (has(self.username) && has(self.password))': self => has(self, 'token') || (has(self, 'username') && has(self, 'password')),
  'has(self.value) != has(self.secretRef)': exactlyOne('value', 'secretRef'),
  'has(self.projectID) != has(self.groupID)': exactlyOne('projectID', 'groupID'),
  "(self.all(x, x.startsWith('secrets-store.sync.x-k8s.io') == false))": self => Object.keys(self).every(key => !key.startsWith(RESERVED_PREFIX)),
  '(self.all(x, x.size() < 317 && self[x].size() <= 262144) == true)':
    self => Object.entries(self).every(([key, value]) => size(key) < MAX_KEY && size(String(value)) <= MAX_ANNOTATION),
  '(self.all(x, x.size() <= 317 && self[x].size() <= 63) == true)':
    self => Object.entries(self).every(([key, value]) => size(key) <= MAX_KEY && size(String(value)) <= MAX_LABEL),
};
