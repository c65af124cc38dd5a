import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findVulkanObstacle } from '../../../models/runtime/node-libraries.ts';
import { temporaryFolder } from '../../renderer/temporary-folder.ts';

const inFolder = temporaryFolder();
const driver = () => inFolder('vulkan', 'icd.d', 'lvp_icd.json');

/** A loader and a driver, as a desktop has them. */
async function installVulkan(): Promise<void> {
  await mkdir(inFolder('vulkan', 'icd.d'), { recursive: true });
  await writeFile(driver(), '{}');
  await writeFile(inFolder('libvulkan.so.1'), '');
  vi.stubEnv('LD_LIBRARY_PATH', inFolder());
  vi.stubEnv('XDG_DATA_DIRS', inFolder());
  vi.stubEnv('VK_DRIVER_FILES', '');
  vi.stubEnv('VK_ICD_FILENAMES', '');
}

describe.runIf(process.platform === 'linux')('Vulkan', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('in software is not taken for a graphics card', async () => {
    await installVulkan();
    expect(await findVulkanObstacle(['/dev/none'])).toBe('No graphics card is there (/dev/none).');
    expect(await findVulkanObstacle([inFolder('vulkan')])).toBeUndefined();
  });

  it('in software may be named', async () => {
    await installVulkan();
    vi.stubEnv('VK_DRIVER_FILES', driver());
    expect(await findVulkanObstacle(['/dev/none'])).toBeUndefined();
    vi.stubEnv('VK_DRIVER_FILES', inFolder('nowhere.json'));
    expect(await findVulkanObstacle()).toMatch(/^No Vulkan driver/);
  });
});
