/** The namespaces in which Kubernetes itself runs. */
export const NAMESPACES_OF_KUBERNETES: readonly string[] = ['kube-node-lease', 'kube-public', 'kube-system'];
