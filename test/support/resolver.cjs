const { existsSync } = require('node:fs');
const { resolve } = require('node:path');

/** Our sources import `./x.js` and mean `./x.ts` (or .tsx), as the compiler wants it; packages are left alone. */
module.exports = (request, options) => {
  if (/^\.{1,2}\/.*\.js$/.test(request) && !options.basedir.includes('node_modules')) {
    const stem = resolve(options.basedir, request.slice(0, -'.js'.length));
    for (const extension of ['.ts', '.tsx']) if (existsSync(stem + extension)) return stem + extension;
  }
  return options.defaultResolver(request, options);
};
