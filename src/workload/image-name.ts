/**
 * The image that faas-cli builds and deploys for a function: `:latest` where the last part of the path has no tag.
 *
 * A registry's port is no tag: `registry.example.com:5000/app` is `registry.example.com:5000/app:latest`.
 */
export function imageName(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).includes(':') ? image : `${image}:latest`;
}
