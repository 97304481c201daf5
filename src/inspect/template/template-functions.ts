/** The functions of sprig for texts, version 3. Operators leave some of them out. */
const SPRIG = `abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec b32enc b64dec b64enc base bcrypt biggest
buildCustomCert camelcase cat ceil chunk clean coalesce compact concat contains date dateInZone dateModify date_in_zone date_modify decryptAES
deepCopy deepEqual default derivePassword dict dig dir div divf duration durationRound empty encryptAES ext fail first float64 floor
fromJson genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey get getHostByName has
hasKey hasPrefix hasSuffix hello htmlDate htmlDateInZone htpasswd indent initial initials int int64 isAbs join kebabcase keys kindIs kindOf last
list lower max maxf merge mergeOverwrite min minf mod mul mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy mustFirst mustFromJson
mustHas mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind mustRegexFindAll mustRegexMatch mustRegexReplaceAll
mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse mustSlice mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq mustWithout
must_date_modify nindent nospace now omit osBase osClean osDir osExt osIsAbs pick pluck plural prepend push quote randAlpha randAlphaNum randAscii
randBytes randInt randNumeric regexFind regexFindAll regexMatch regexQuoteMeta regexReplaceAll regexReplaceAllLiteral regexSplit repeat replace rest
reverse round semver semverCompare seq set sha1sum sha256sum sha512sum shuffle slice snakecase sortAlpha split splitList splitn squote sub subf
substr swapcase ternary title toDate toDecimal toJson toPrettyJson toRawJson toString toStrings trim trimAll trimPrefix trimSuffix trimall trunc
tuple typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep untitle upper urlJoin urlParse uuidv4 values without wrap wrapWith`.split(/\s/);

/** What External Secrets adds in its engine v2, besides families of names. */
const EXTERNAL_SECRETS = ['filterPEM', 'filterCertChain', 'certSANs', 'rsaDecrypt', 'toYaml', 'fromYaml', 'hexdec'];
const FAMILIES = ['pkcs12', 'pemTo', 'fullPemTo', 'pemTruststoreTo', 'jwk'];

let sprig: ReadonlySet<string> | undefined;

function isOfSprig(name: string): boolean {
  return (sprig ??= new Set(SPRIG)).has(name);
}

/** The functions of templates of External Secrets. */
export function externalSecretsFunction(name: string): boolean {
  return isOfSprig(name) || EXTERNAL_SECRETS.includes(name) || FAMILIES.some(family => name.startsWith(family));
}

/** The functions of templates of Sealed Secrets. */
export function sealedSecretsFunction(name: string): boolean {
  return name !== 'getHostByName' && isOfSprig(name);
}

/** The functions of templates of the Vault Secrets Operator: those of sprig, as far as they are known to be there. */
export function vaultFunction(name: string): boolean {
  return isOfSprig(name);
}
