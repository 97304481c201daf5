import type { GeneratedHomes } from './generated-homes';
import type { SecretData } from './secret-data';
import type { GeneratedValue } from '../value/generated-value';
import type { SensitiveValue } from '../value/sensitive-value';

/** Which generation each generated value of a secret has, by where the value belongs: all that has to be known to derive it again. */
export type GenerationRecipe = Readonly<Record<string, number>>;

/** A secret whose values may be generated. */
export interface GeneratedSecret {
  /** The path of its construct. */
  readonly path: string;
  readonly data: SecretData;
  readonly homes: GeneratedHomes;
}

/** The recipe of what a secret holds today; undefined where none of its values is generated. */
export function recipeOf({ path, data, homes }: GeneratedSecret): GenerationRecipe | undefined {
  const generations = new Map<string, number>();
  const visit = (value: SensitiveValue) => {
    const { _generated: generated, _recipe: recipe } = value;
    if (generated !== undefined) {
      const root = rootOf(generated);
      generations.set(homes.nameOf(root, path), root.generation);
    }
    Object.values(recipe?.parts ?? {}).forEach(visit);
  };
  for (const value of data.values().values()) visit(value);
  return generations.size === 0 ? undefined : Object.fromEntries([...generations].sort(([a], [b]) => a < b ? -1 : 1));
}

/** The values of a secret as they were when its generated values had other generations, where everything else is as it is today. */
export function readAsOf(recipe: GenerationRecipe, { path, data, homes }: GeneratedSecret): ReadonlyMap<string, Buffer> {
  return data.readWith({
    generate: value => {
      const root = rootOf(value);
      const name = homes.nameOf(root, path);
      const generation = Object.hasOwn(recipe, name) ? recipe[name] : root.generation;
      // what is kept of the generation before is one behind
      return homes.bytesOf(generation === root.generation ? value : { ...value, generation: value.generation + generation - root.generation, root });
    },
  });
}

function rootOf(value: GeneratedValue): GeneratedValue {
  return value.root ?? value;
}
