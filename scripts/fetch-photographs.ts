/**
 * Fetches the photographs that the generators are trained on from Debian's packages into .cache/photographs:
 * node scripts/fetch-photographs.ts (needs apt-get and dpkg). Other pictures of the packages are drawings.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const BACKGROUNDS = 'usr/share/backgrounds';

interface Package {
  readonly name: string;
  /** As its copyright file says. */
  readonly licence: string;
  readonly folder: string;
  /** File names without .jpg, or folders of KDE wallpapers. */
  readonly photographs: string;
}

const PACKAGES: readonly Package[] = [
  {
    name: 'lomiri-wallpapers-16.04',
    licence: 'CC-BY-4.0, CC-BY-SA-4.0; seeding: CC0-1.0',
    folder: BACKGROUNDS,
    photographs: `Bridge_by_Sander_Klootwijk Dragonfly_by_Bolly Picture_0B_by_freespace Picture_1A_by_freespace
      Wine_by_Jakkub_Mede aitzgorri_by_Aitzol_Berasategi free_by_Peter_Nerlich friends_by_Aitzol_Berasategi
      greentock_by_Peter_Nerlich life_by_Aitzol_Berasategi picosdeeuropa_by_Aitzol_Berasategi
      seeding_by_Clements_Engelhardt sunset_by_Aitzol_Berasategi`,
  },
  {
    name: 'lomiri-wallpapers-20.04',
    licence: 'CC-BY-SA-3.0',
    folder: BACKGROUNDS,
    photographs: 'Kleiber_by_Lukas_Baubkus',
  },
  {
    name: 'mate-backgrounds',
    licence: 'GPL-2+',
    folder: `${BACKGROUNDS}/mate/nature`,
    photographs: `Aqua Blinds Dune FreshFlower Garden GreenMeadow LadyBird RainDrops Storm TwoWings Wood YellowFlower`,
  },
  {
    name: 'plasma-workspace-wallpapers',
    licence: 'GPL-2+',
    folder: 'usr/share/wallpapers',
    photographs: `Autumn BytheWater ColdRipple ColorfulCups DarkestHour EveningGlow FallenLeaf Grey Kite OneStandsOut
      Path summer_1am`,
  },
];

const run = (command: string, parameters: string[], cwd: string): void => {
  const { status } = spawnSync(command, parameters, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed.`);
};

const downloads = join('.cache', 'packages');
for (const { name, folder, photographs } of PACKAGES) {
  const home = join(downloads, name);
  mkdirSync(home, { recursive: true });
  run('apt-get', ['download', name], home);
  const archive = readdirSync(home).find((file) => file.endsWith('.deb'))!;
  run('dpkg', ['-x', archive, '.'], home);
  const target = join('.cache', 'photographs', name);
  mkdirSync(target, { recursive: true });
  for (const photograph of photographs.split(/\s+/)) {
    const [source, file] = name.startsWith('plasma')
      ? [join(photograph, 'contents', 'images', '2560x1600.jpg'), `${photograph}_2560x1600.jpg`]
      : [`${photograph}.jpg`, `${photograph}.jpg`];
    copyFileSync(join(home, folder, source), join(target, file));
  }
}
