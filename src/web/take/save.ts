/** From text to a file on this machine. */
import type { Face, Measure } from './svg.ts';

export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not at once: the download begins after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const saveText = (name: string, type: string, text: string): void =>
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));

const PIXELS_PER_UNIT = 2;
/** No canvas of a browser is longer. */
const LONGEST_SIDE = 16_000;

/** Draws an SVG as PNG. @throws Error where the browser cannot draw it */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const pixels = Math.min(PIXELS_PER_UNIT, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * pixels);
  canvas.height = Math.round(image.height * pixels);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be drawn'))), 'image/png'),
  );
}

/** Measures text as the browser sets it. */
export function browserMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  return (text: string, { size, family, weight = 400, italic = false }: Face) => {
    if (!context) return text.length * size * 0.5;
    context.font = `${italic ? 'italic ' : ''}${weight} ${size}px ${family}`;
    return context.measureText(text).width;
  };
}

/** "northern-strait_2024-03-06.csv" */
export const fileName = (negotiation: string, rest: readonly string[], ending: string): string =>
  `${[negotiation, ...rest].join('_').replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.${ending}`;
