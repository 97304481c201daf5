/** How somebody can read a Secret. */
export enum ReadingWay {
  /** A container has it in a variable. */
  VARIABLE = 'variable',
  /** A container has it in a file. */
  FILE = 'file',
  /** The kubelet pulls images with it: the containers do not see it. */
  IMAGE_PULL = 'image-pull',
  /** The driver of a volume uses it: the containers do not see it. */
  VOLUME_DRIVER = 'volume-driver',
  /** RBAC allows a request that answers with it: get, list, watch, patch, deletecollection. Each of them gives all keys. */
  API = 'api',
  /** RBAC allows to start pods in the namespace, which can mount any Secret there, and run as any ServiceAccount. */
  START_PODS = 'start-pods',
  /** RBAC allows to run a program in pods that have it: `pods/exec`, `pods/attach`, `pods/ephemeralcontainers`, a new image, `nodes/proxy`. */
  ENTER_PODS = 'enter-pods',
  /** RBAC allows to give oneself the right: `escalate` or `bind`. */
  ESCALATE = 'escalate',
  /** RBAC allows to act as somebody who can read it: `impersonate`. */
  IMPERSONATE = 'impersonate',
  /** A token of a ServiceAccount that can read it: mounted in a pod, requested of the API, or in a Secret. */
  TOKEN = 'token',
  /** An operator copies it: to another namespace, or out of the cluster. */
  COPY = 'copy',
  /** An Ingress or a Gateway serves it, or its controller checks credentials with it. */
  SERVE = 'serve',
  /** An object of another kind names it, and its controller reads it. */
  RESOURCE = 'resource',
}
