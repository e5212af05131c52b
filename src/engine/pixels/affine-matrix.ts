// 2x3 affine matrices and the similarity transform that aligns a face.

/** [a, b, tx, c, d, ty]: x' = a x + b y + tx, y' = c x + d y + ty. Pixel centres lie at integer coordinates. */
export type AffineMatrix = readonly [number, number, number, number, number, number];
