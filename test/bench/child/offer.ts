/** Makes a function callable from the process that started this one; what it throws ends this one. */
export function offer<Options, Result>(bench: (options: Options) => Promise<Result>): void {
  process.on('message', async (options: Options) => process.send?.(await bench(options)));
}
