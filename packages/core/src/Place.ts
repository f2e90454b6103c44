/**
 * A place is a point on the earth where something begins, ends or waits, in WGS 84 degrees.
 * Its one law: a distance between two places is always a finite number of metres, from anywhere to anywhere.
 */
import { Schema as S } from "effect"
import { getPreciseDistance } from "geolib"

/** A point on the earth, in degrees. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

/** A box of degrees around a place; `west` is greater than `east` when it crosses the antimeridian. */
export interface Box {
  readonly south: number
  readonly west: number
  readonly north: number
  readonly east: number
}

/** A place on the wire: latitude −90 to 90, longitude −180 to 180. */
export const Schema = S.Struct({
  latitude: S.Finite.check(S.isBetween({ minimum: -90, maximum: 90 })),
  longitude: S.Finite.check(S.isBetween({ minimum: -180, maximum: 180 }))
}).annotate({ identifier: "Place", description: "A point on the earth in WGS 84 degrees" })

/** The mean radius of the earth in metres (IUGG). */
const meanRadiusMetres = 6_371_008.8

/** The tightest curvature of the WGS 84 ellipsoid in metres, `a (1 − e²)`: no arc of a length spans a wider angle. */
const smallestRadiusMetres = 6_335_439.3

/** The distance along the WGS 84 ellipsoid, to the millimetre; nearly antipodal places get the great circle. */
export const distanceMetres = (self: Place, that: Place): number => {
  const geodesic = getPreciseDistance(self, that, 0.001)
  return Number.isFinite(geodesic) ? geodesic : greatCircleMetres(self, that)
}

/** The distance on a sphere of mean radius, within 0.56 % of the ellipsoid: cheap enough to rank by. */
export const greatCircleMetres = (self: Place, that: Place): number => {
  const sinLatitude = Math.sin(radians(that.latitude - self.latitude) / 2)
  const sinLongitude = Math.sin(radians(that.longitude - self.longitude) / 2)
  const chord =
    sinLatitude ** 2 + Math.cos(radians(self.latitude)) * Math.cos(radians(that.latitude)) * sinLongitude ** 2
  return 2 * meanRadiusMetres * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** A box that contains every place within the radius, by either distance; it may contain a few more. */
export const boundingBox = (self: Place, radiusMetres: number): Box => {
  const angle = radiusMetres / smallestRadiusMetres
  const south = self.latitude - degrees(angle)
  const north = self.latitude + degrees(angle)
  if (south <= -90 || north >= 90) {
    return { south: Math.max(south, -90), west: -180, north: Math.min(north, 90), east: 180 }
  }
  const width = degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(self.latitude)))))
  return { south, west: wrap(self.longitude - width), north, east: wrap(self.longitude + width) }
}

/** Whether a place lies in a box, edges included. */
export const isInside = (self: Place, box: Box): boolean =>
  box.south <= self.latitude &&
  self.latitude <= box.north &&
  (box.west <= box.east
    ? box.west <= self.longitude && self.longitude <= box.east
    : box.west <= self.longitude || self.longitude <= box.east)

const radians = (angle: number): number => (angle * Math.PI) / 180

const degrees = (angle: number): number => (angle * 180) / Math.PI

const wrap = (longitude: number): number =>
  longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude
