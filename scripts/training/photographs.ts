/**
 * The photographs that the shipped generators are trained on: only such as are in the public domain or under a licence
 * without share-alike or copyleft (CC0, CC-BY, BSD), as the package itself says of the very file.
 */
export interface Photograph {
  /** Below the package's folder. */
  readonly file: string;
  readonly by: string;
  readonly licence: string;
}

export interface PhotographPackage {
  /** Of Debian. */
  readonly name: string;
  readonly folder: string;
  readonly photographs: readonly Photograph[];
}

const photograph = (file: string, by: string, licence: string): Photograph => ({ file, by, licence });

export const PHOTOGRAPHS: readonly PhotographPackage[] = [
  {
    name: 'lomiri-wallpapers-16.04',
    folder: 'usr/share/backgrounds',
    photographs: [
      photograph('aitzgorri_by_Aitzol_Berasategi.jpg', 'Aitzol Berasategi', 'CC-BY-4.0'),
      photograph('friends_by_Aitzol_Berasategi.jpg', 'Aitzol Berasategi', 'CC-BY-4.0'),
      photograph('life_by_Aitzol_Berasategi.jpg', 'Aitzol Berasategi', 'CC-BY-4.0'),
      photograph('picosdeeuropa_by_Aitzol_Berasategi.jpg', 'Aitzol Berasategi', 'CC-BY-4.0'),
      photograph('sunset_by_Aitzol_Berasategi.jpg', 'Aitzol Berasategi', 'CC-BY-4.0'),
      photograph('Picture_0B_by_freespace.jpg', 'Trevor "Freespace"', 'CC-BY-4.0'),
      photograph('Picture_1A_by_freespace.jpg', 'Trevor "Freespace"', 'CC-BY-4.0'),
      photograph('Wine_by_Jakkub_Mede.jpg', 'Jakub Mede', 'CC-BY-4.0'),
      photograph('umang_by_Abhishek_Mudgal.jpg', 'Abhishek Mudgal', 'CC-BY-4.0'),
      photograph('seeding_by_Clements_Engelhardt.jpg', 'Clemens Engelhardt', 'CC0-1.0'),
    ],
  },
  {
    name: 'libjxl-testdata',
    folder: 'usr/share/libjxl-testdata',
    photographs: [
      photograph('external/wesaturate/500px/cvo9xd_keong_macan_srgb8.png', 'Keong Macan', 'CC0'),
      photograph('external/wesaturate/500px/tmshre_riaphotographs_srgb8.png', 'riaphotographs', 'CC0'),
      photograph('external/wesaturate/500px/u76c0g_bliznaca_srgb8.png', 'bliznaca', 'CC0'),
      photograph('jxl/flower/flower.png', 'the JPEG XL Project Authors', 'BSD-3-Clause'),
    ],
  },
  {
    name: 'python3-skimage',
    folder: 'usr/lib/python3/dist-packages/skimage/data',
    photographs: [
      photograph('coffee.png', 'Rachel Michetti', 'CC0'),
      photograph('chelsea.png', 'Stefan van der Walt', 'CC0'),
      photograph('rocket.jpg', 'SpaceX', 'public domain'),
    ],
  },
  {
    name: 'python3-sklearn',
    folder: 'usr/lib/python3/dist-packages/sklearn/datasets/images',
    photographs: [
      photograph('china.jpg', 'danielbuechele', 'CC-BY-2.0'),
      photograph('flower.jpg', 'vultilion', 'CC-BY-2.0'),
    ],
  },
];
