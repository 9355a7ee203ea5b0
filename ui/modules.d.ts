declare module "govuk-frontend" {
  export interface ComponentClass {
    new (root: HTMLElement): unknown;
    readonly moduleName: string;
  }
  export const Button: ComponentClass;
  export const ErrorSummary: ComponentClass;
  export const NotificationBanner: ComponentClass;
  export const SkipLink: ComponentClass;
  export interface CreateAllOptions {
    scope?: Element | Document;
    onError?: (error: unknown) => void;
  }
  export function createAll(component: ComponentClass, config?: object, options?: CreateAllOptions): unknown[];
}

/** The same library as modules; its types are published under the plain name. */
declare module "leaflet/dist/leaflet-src.esm.js" {
  export * from "leaflet";
}

/** Addresses of the parts of maps; `build.mjs` puts them in. */
declare const MAP_SCRIPT: string;
declare const MAP_SHEET: string;
