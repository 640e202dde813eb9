// What build.mjs puts in place of these names.

/** The builds of the modules, as their section `hoso.build` says. */
declare const CORE_BUILD: string;
declare const KEY_BUILD: string;
declare const SIGN_BUILD: string;
declare const TOOLS_BUILD: string;
/** The name of the script that holds the module `core` in base64. */
declare const CORE_INLINE: string;
