/** What a process that opens foreign files is told of the environment: what it needs, and no secret of the service. */

/** Where programs, fonts, graphics drivers and certificates are; how numbers and times are written. */
const COMMON =
  /^(PATH|HOME|USER|TMPDIR|TEMP|TMP|TZ|LANG|LC_\w+|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|XDG_\w+|FONTCONFIG_\w+|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS)$/i;
/** What networks run on, where Limner keeps its key, and where Chromium is. */
const RENDERING =
  /^(CUDA_\w+|NVIDIA_\w+|VK_\w+|MESA_VK_\w+|ORT_\w+|OMP_\w+|LIMNER_HOME|LIMNER_WEIGHTS|PUPPETEER_EXECUTABLE_PATH)$/;
/** Credentials of the storage, as every AWS tool reads them. */
const STORAGE = /^AWS_\w+$/;

const GROUPS = { rendering: [COMMON, RENDERING], storing: [COMMON, RENDERING, STORAGE], browsing: [COMMON] };

/**
 * @param purpose `browsing` for Chromium, `rendering` for what is sent all it needs, `storing` for what reads and writes
 * the storage itself
 */
export function childEnvironment(
  purpose: keyof typeof GROUPS,
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const isAllowed = (name: string) => GROUPS[purpose].some((pattern) => pattern.test(name));
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && isAllowed(name) ? [[name, value]] : [],
    ),
  );
}
