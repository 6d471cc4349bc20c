import ArgumentParser
package struct Placeholder {}
