/** One training sample of a sitter: placed, dressed, lit and drawn by chance. */
import sharp from 'sharp';
import { uniformNumbers } from '../random.ts';
import { borrowHair } from './borrow-hair.ts';
import { between, happens, hsv, pick, type Random } from './chance.ts';
import { cropScene } from './crop-scene.ts';
import { putOnFlaps, putOnScarf, putOnTop } from './garments.ts';
import {
  changeHairContrast,
  growBeard,
  growFringe,
  growLongHair,
  growVolume,
  putOnHat,
  shaveHead,
} from './hair-and-hats.ts';
import { addNoise, develop, mixChannels, saturate, sideLight, tint } from './light.ts';
import { addTooth, drawMedium } from './media.ts';
import { bareShoulders, putHand, putMicrophone, putOnCollar, putOnGlasses } from './occluders.ts';
import { placeScene, type Sitter } from './place-scene.ts';
import { blur } from './planes.ts';
import { type Backdrop, recolourClothes, recolourHair, recolourSkin, replaceGround } from './recolour.ts';
import { AREA, type Scene, SIDE } from './scene.ts';

export interface Making {
  readonly backdrop: Backdrop;
  /** The sitter's picture is a painted copy, which needs no other medium. */
  readonly isPainted: boolean;
  /** Sitters with long hair, which others may wear. */
  readonly longHaired: readonly Sitter[];
}

/** Share of the samples whose picture ends close around the head. */
const CROPPED = 0.5;

export async function makeSample(sitter: Sitter, making: Making, random: Random): Promise<Scene> {
  const placing = Math.floor(random() * 2 ** 31);
  const scene = placeScene(sitter, uniformNumbers(placing));
  if (!making.isPainted && making.longHaired.length > 0 && happens(random, 0.15)) {
    const donor = pick(random, making.longHaired);
    borrowHair(scene, placeScene(donor, uniformNumbers(placing)), random);
  }
  // Some stay as they are: photographs are what the product sees most.
  if (!happens(random, 0.12)) await alter(scene, making, random);
  if (happens(random, CROPPED)) cropScene(scene, random);
  return scene;
}

async function alter(scene: Scene, { backdrop, isPainted }: Making, random: Random): Promise<void> {
  let inMedium = isPainted;
  if (!isPainted) {
    dress(scene, backdrop, random);
    if (happens(random, scene.isContinued ? 0.8 : 0.5)) replaceGround(scene, random, backdrop);
    if (happens(random, 0.15)) sideLight(scene.rgb, random);
    inMedium = happens(random, 0.5);
    if (inMedium) drawMedium(scene.rgb, scene.labels, random);
  }
  await shoot(scene, inMedium, random);
}

/** Hair, clothes and what is worn; what covers comes last. */
function dress(scene: Scene, backdrop: Backdrop, random: Random): void {
  if (happens(random, 0.3)) recolourSkin(scene, random);
  const worn = random();
  if (worn < 0.35) recolourClothes(scene, random);
  else if (worn < 0.65) putOnTop(scene, random, backdrop);
  if (happens(random, 0.05)) bareShoulders(scene, random);
  if (happens(random, 0.12)) putOnFlaps(scene, random, backdrop);
  if (happens(random, 0.4)) recolourHair(scene, random);
  if (happens(random, 0.15)) changeHairContrast(scene, random);
  const head = random();
  if (head < 0.1) shaveHead(scene, random);
  else if (head < 0.32) growLongHair(scene, random);
  else if (head < 0.4) growVolume(scene, random);
  if (head >= 0.1 && happens(random, 0.12)) growFringe(scene, random);
  if (happens(random, 0.1)) growBeard(scene, random);
  if (happens(random, 0.06)) putOnCollar(scene, random);
  if (happens(random, 0.08)) putOnScarf(scene, random, backdrop);
  if (happens(random, 0.1)) putOnGlasses(scene, random);
  if (happens(random, 0.12)) putOnHat(scene, random);
  if (happens(random, 0.06)) putMicrophone(scene, random);
  if (happens(random, 0.06)) putHand(scene, random);
}

/** A picture in some medium is spared what would leave nothing to see. */
async function shoot({ rgb }: Scene, inMedium: boolean, random: Random): Promise<void> {
  if (happens(random, 0.75)) develop(rgb, random);
  const colour = random();
  if (colour < 0.1) saturate(rgb, 0);
  else if (colour < 0.18)
    tint(
      rgb,
      hsv(random(), random(), between(random, 0, 0.25)),
      hsv(random(), between(random, 0, 0.5), between(random, 0.7, 1)),
    );
  else if (colour < 0.28 && !inMedium) mixChannels(rgb, random);
  if (inMedium) return;
  if (happens(random, 0.1)) addTooth(rgb, random);
  if (happens(random, 0.15)) blur(rgb, between(random, 0.5, 2.2));
  if (happens(random, 0.2)) addNoise(rgb, random);
  if (happens(random, 0.15)) await compress(rgb, random);
}

/** JPEG, and sometimes a picture that was much smaller. */
async function compress(rgb: Float32Array, random: Random): Promise<void> {
  const bytes = new Uint8ClampedArray(3 * AREA);
  for (let i = 0; i < AREA; i++) for (let c = 0; c < 3; c++) bytes[3 * i + c] = 255 * rgb[c * AREA + i];
  const side = happens(random, 0.5) ? Math.round(between(random, 60, 180)) : SIDE;
  const small = await sharp(bytes, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .resize(side, side)
    .jpeg({ quality: Math.round(between(random, 15, 90)) })
    .toBuffer();
  const kernel = pick(random, ['cubic', 'nearest', 'mitchell'] as const);
  const { data } = await sharp(small)
    .resize(SIDE, SIDE, { kernel })
    .raw()
    .toBuffer({ resolveWithObject: true });
  for (let i = 0; i < AREA; i++) for (let c = 0; c < 3; c++) rgb[c * AREA + i] = data[3 * i + c] / 255;
}
