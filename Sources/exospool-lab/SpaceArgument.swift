import ArgumentParser
import Retrieval

extension AtmosphereSpace.Name: ExpressibleByArgument {}
