/**
 * Marks pushed apart so that none hides another, each as near to its place as the others allow (least squares, by pooling).
 * @param xs where they belong, ascending
 * @param room the least distance between two
 */
export function dodge(xs: readonly number[], room: number, least: number, most: number): readonly number[] {
  const blocks: { sum: number; size: number }[] = [];
  for (const [index, x] of xs.entries()) {
    let block = { sum: x - index * room, size: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.size > block.sum / block.size; last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, size: last.size + block.size };
    }
    blocks.push(block);
  }
  const highest = most - (xs.length - 1) * room;
  return blocks
    .flatMap(({ sum, size }) => new Array<number>(size).fill(sum / size))
    .map((base, index) => Math.max(least, Math.min(base, highest)) + index * room);
}
